package dev.keysmith.testing.key.hid;

/** The CTAPHID commands and error codes (CTAP 2.1, section 11.2.9). */
final class HidCommand {

  static final int PING = 0x01;
  static final int LOCK = 0x04;
  static final int INIT = 0x06;
  static final int WINK = 0x08;
  static final int CBOR = 0x10;
  static final int CANCEL = 0x11;
  static final int KEEPALIVE = 0x3B;
  static final int ERROR = 0x3F;

  static final int INVALID_COMMAND = 0x01;
  static final int INVALID_PARAMETER = 0x02;
  static final int INVALID_LENGTH = 0x03;
  static final int INVALID_SEQUENCE = 0x04;
  static final int MESSAGE_TIMEOUT = 0x05;
  static final int CHANNEL_BUSY = 0x06;
  static final int INVALID_CHANNEL = 0x0B;

  private HidCommand() {}
}
