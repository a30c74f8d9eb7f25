package dev.keysmith.testing.key.nfc;

import java.util.Arrays;

/**
 * A command to a card (ISO 7816-3, section 12.1).
 *
 * @param type CLA
 * @param instruction INS
 * @param first P1
 * @param second P2
 * @param data empty if there is none
 * @param extended whether its lengths have three bytes
 * @param expected how many bytes the answer may have, 0 if none
 */
record CommandApdu(
    int type, int instruction, int first, int second, byte[] data, boolean extended, int expected) {

  private static final int HEADER = 4;
  private static final int CHAINED = 0x10;

  /**
   * Reads a command.
   *
   * @throws IllegalArgumentException if its lengths do not fit together
   */
  static CommandApdu of(byte[] apdu) {
    if (apdu.length < HEADER) {
      throw new IllegalArgumentException("A command has four bytes or more.");
    }
    boolean extended = apdu.length > HEADER + 2 && apdu[HEADER] == 0;
    return extended ? extended(apdu) : plain(apdu);
  }

  private static CommandApdu plain(byte[] apdu) {
    if (apdu.length == HEADER) {
      return make(apdu, new byte[0], false, 0);
    }
    int field = apdu[HEADER] & 0xFF;
    if (apdu.length == HEADER + 1) {
      return make(apdu, new byte[0], false, field == 0 ? 256 : field);
    }
    int end = HEADER + 1 + field;
    if (field == 0 || apdu.length != end && apdu.length != end + 1) {
      throw new IllegalArgumentException("The length of the data is not the one that is named.");
    }
    int expected = apdu.length == end ? 0 : apdu[end] & 0xFF;
    byte[] data = Arrays.copyOfRange(apdu, HEADER + 1, end);
    return make(apdu, data, false, apdu.length > end && expected == 0 ? 256 : expected);
  }

  private static CommandApdu extended(byte[] apdu) {
    int field = (apdu[HEADER + 1] & 0xFF) << 8 | apdu[HEADER + 2] & 0xFF;
    int start = HEADER + 3;
    if (apdu.length == start) {
      return make(apdu, new byte[0], true, field == 0 ? 65_536 : field);
    }
    int end = start + field;
    if (field == 0 || apdu.length != end && apdu.length != end + 2) {
      throw new IllegalArgumentException("The length of the data is not the one that is named.");
    }
    int expected = apdu.length == end ? 0 : (apdu[end] & 0xFF) << 8 | apdu[end + 1] & 0xFF;
    byte[] data = Arrays.copyOfRange(apdu, start, end);
    return make(apdu, data, true, apdu.length > end && expected == 0 ? 65_536 : expected);
  }

  private static CommandApdu make(byte[] apdu, byte[] data, boolean extended, int expected) {
    return new CommandApdu(
        apdu[0] & 0xFF, apdu[1] & 0xFF, apdu[2] & 0xFF, apdu[3] & 0xFF, data, extended, expected);
  }

  /** Whether more of the same command follows. */
  boolean isChained() {
    return (type & CHAINED) != 0;
  }
}
