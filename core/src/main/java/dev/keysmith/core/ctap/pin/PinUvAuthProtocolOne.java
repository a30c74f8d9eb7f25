package dev.keysmith.core.ctap.pin;

import dev.keysmith.spi.Bytes;
import javax.crypto.Cipher;

/** PIN/UV auth protocol one (CTAP 2.1, section 6.5.6). */
public record PinUvAuthProtocolOne() implements PinUvAuthProtocol {

  private static final byte[] ZERO_IV = new byte[16];

  @Override
  public int number() {
    return 1;
  }

  @Override
  public byte[] deriveKey(byte[] z) {
    return Bytes.sha256(z);
  }

  @Override
  public byte[] encrypt(byte[] key, byte[] plaintext) {
    return PinUvAuthProtocol.aesCbc(Cipher.ENCRYPT_MODE, key, ZERO_IV, plaintext);
  }

  @Override
  public byte[] decrypt(byte[] key, byte[] ciphertext) {
    return PinUvAuthProtocol.aesCbc(Cipher.DECRYPT_MODE, key, ZERO_IV, ciphertext);
  }

  @Override
  public byte[] authenticate(byte[] key, byte[]... message) {
    return PinUvAuthProtocol.cut(PinUvAuthProtocol.hmac(key, message), 16);
  }

  /** CTAP 2.0 allows any multiple of 16 bytes, CTAP 2.1 allows 16 and 32. */
  @Override
  public boolean isTokenLength(int length) {
    return length >= 16 && length % 16 == 0;
  }
}
