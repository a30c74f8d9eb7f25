package dev.keysmith.testing.key.usb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A packet of the USB network redirection protocol, version 0.7.
 *
 * @param type see the constants
 * @param id of the transfer that it belongs to
 * @param body after the header
 */
record RedirPacket(int type, long id, byte[] body) {

  static final int HELLO = 0;
  static final int DEVICE_CONNECT = 1;
  static final int DEVICE_DISCONNECT = 2;
  static final int RESET = 3;
  static final int INTERFACE_INFO = 4;
  static final int ENDPOINT_INFO = 5;
  static final int SET_CONFIGURATION = 6;
  static final int GET_CONFIGURATION = 7;
  static final int CONFIGURATION_STATUS = 8;
  static final int SET_ALTERNATE = 9;
  static final int GET_ALTERNATE = 10;
  static final int ALTERNATE_STATUS = 11;
  static final int START_INTERRUPT_RECEIVING = 15;
  static final int STOP_INTERRUPT_RECEIVING = 16;
  static final int INTERRUPT_RECEIVING_STATUS = 17;
  static final int CANCEL_DATA_PACKET = 21;
  static final int FILTER_REJECT = 22;
  static final int FILTER = 23;
  static final int DISCONNECT_ACKNOWLEDGED = 24;
  static final int CONTROL = 100;
  static final int INTERRUPT = 103;

  static final int SUCCESS = 0;
  static final int INVALID = 2;
  static final int STALL = 4;

  private static final int LONGEST_TEXT = 4096;
  private static final int LONGEST_HELLO = 64 + 4 * 16;
  private static final int CONTROL_HEADER = 10;
  private static final int INTERRUPT_HEADER = 4;
  private static final int LONGEST_CONTROL = 4096;
  private static final int LARGEST_PACKET = 64;

  /**
   * Checks the length that a guest's packet announces, before memory is taken for it.
   *
   * @throws WireException if no packet of this type is that long, or a guest sends no such packet
   */
  static void checkLength(int type, long length) throws WireException {
    boolean fits =
        switch (type) {
          case HELLO -> length >= 64 && length <= LONGEST_HELLO && length % 4 == 0;
          case RESET, GET_CONFIGURATION, CANCEL_DATA_PACKET -> length == 0;
          case FILTER_REJECT, DISCONNECT_ACKNOWLEDGED -> length == 0;
          case SET_CONFIGURATION, GET_ALTERNATE -> length == 1;
          case START_INTERRUPT_RECEIVING, STOP_INTERRUPT_RECEIVING -> length == 1;
          case SET_ALTERNATE -> length == 2;
          case FILTER -> length >= 1 && length <= LONGEST_TEXT;
          case CONTROL -> within(length, CONTROL_HEADER, LONGEST_CONTROL);
          case INTERRUPT -> within(length, INTERRUPT_HEADER, LARGEST_PACKET);
          default ->
              throw new WireException(
                  "It sent a packet of type %d, which this device does not know.".formatted(type));
        };
    if (!fits) {
      throw new WireException(
          "It sent a packet of type %d with %d bytes, which is not its length."
              .formatted(type, length));
    }
  }

  private static boolean within(long length, int header, int data) {
    return length >= header && length <= header + data;
  }

  /** A byte of the body. */
  int u8(int offset) {
    return body[offset] & 0xFF;
  }

  /** Reads the body from an offset. */
  ByteBuffer from(int offset) {
    return ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).position(offset);
  }

  /** A body to be filled. */
  static ByteBuffer body(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
