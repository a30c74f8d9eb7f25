package dev.keysmith.testing.key.nfc;

import java.util.Arrays;

/** An answer that may take several commands to fetch (ISO 7816-4, section 5.3.4). */
final class OutgoingAnswer {

  private static final int LONGEST_SHORT = 256;

  private byte[] left = new byte[0];

  byte[] send(CommandApdu command, byte[] data) {
    left = data;
    return command.extended() ? part(data.length) : more(command);
  }

  byte[] more(CommandApdu command) {
    int wanted = command.expected() == 0 ? LONGEST_SHORT : command.expected();
    return part(Math.min(Math.min(wanted, LONGEST_SHORT), left.length));
  }

  private byte[] part(int length) {
    byte[] part = Arrays.copyOf(left, length + 2);
    left = Arrays.copyOfRange(left, length, left.length);
    if (left.length == 0) {
      part[length] = (byte) 0x90;
      part[length + 1] = 0;
    } else {
      part[length] = 0x61;
      part[length + 1] = (byte) (left.length >= LONGEST_SHORT ? 0 : left.length);
    }
    return part;
  }

  void clear() {
    left = new byte[0];
  }
}
