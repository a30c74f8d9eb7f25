package dev.keysmith.testing.key.usb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A request to the default control endpoint (USB 2.0, section 9.3).
 *
 * @param requestType {@code bmRequestType}
 * @param request {@code bRequest}
 * @param value {@code wValue}
 * @param index {@code wIndex}
 * @param length {@code wLength}
 */
record SetupPacket(int requestType, int request, int value, int index, int length) {

  static final int SIZE = 8;

  static SetupPacket parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new SetupPacket(in.get() & 0xFF, in.get() & 0xFF, u16(in), u16(in), u16(in));
  }

  private static int u16(ByteBuffer in) {
    return in.getShort() & 0xFFFF;
  }

  /** Whether the data stage goes to the host. */
  boolean in() {
    return (requestType & 0x80) != 0;
  }

  /** Type and request in one number, as the tables of the standards list them. */
  int code() {
    return requestType << 8 | request;
  }
}
