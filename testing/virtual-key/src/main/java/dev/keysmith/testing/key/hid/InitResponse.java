package dev.keysmith.testing.key.hid;

import java.nio.ByteBuffer;

/** The answer to CTAPHID_INIT (CTAP 2.1, section 11.2.9.1.3). */
final class InitResponse {

  /** The length of the nonce that the host sends. */
  static final int NONCE = 8;

  /** Protocol version, device version in three bytes, and capabilities: WINK, CBOR and no MSG. */
  private static final byte[] DEVICE = {2, 1, 0, 0, 0x01 | 0x04 | 0x08};

  private InitResponse() {}

  /** Returns the nonce, the channel, and what the device is. */
  static byte[] of(byte[] nonce, int channel) {
    return ByteBuffer.allocate(NONCE + Integer.BYTES + DEVICE.length)
        .put(nonce, 0, NONCE)
        .putInt(channel)
        .put(DEVICE)
        .array();
  }
}
