package dev.keysmith.core.ctap.wire;

import java.util.Arrays;

/**
 * A pass over untrusted CBOR before the library decodes it (CTAP 2.1, section 8): lengths stay
 * within the input and are definite, there are no tags, and nesting is bounded.
 *
 * <p>Text that a key has cut within a character is mended in place, because keys may truncate names
 * by bytes (WebAuthn Level 3, section 6.4.1.2).
 */
public final class CborScan {

  /** Of maps and arrays (CTAP 2.1, section 8). */
  private static final int MAX_DEPTH = 4;

  private static final int ARGUMENT_IN_ONE_BYTE = 24;
  private static final int ARGUMENT_IN_EIGHT_BYTES = 27;

  private final byte[] input;
  private int position;

  private CborScan(byte[] input, int start) {
    this.input = input;
    this.position = start;
  }

  /**
   * Checks the item that begins at {@code start} and mends its text.
   *
   * @return where it ends
   * @throws IllegalArgumentException with what is wrong
   */
  public static int endOfItem(byte[] input, int start) {
    CborScan scan = new CborScan(input, start);
    scan.item(0);
    return scan.position;
  }

  /**
   * @param depth of the maps and arrays around the item
   */
  private void item(int depth) {
    int head = next();
    int additional = head & 0x1F;
    switch (head >> 5) {
      case 0, 1 -> argument(additional);
      case 2 -> skip(argument(additional));
      case 3 -> text(argument(additional));
      case 4 -> items(argument(additional), depth);
      case 5 -> items(Math.multiplyExact(argument(additional), 2), depth);
      case 6 -> throw new IllegalArgumentException("a tag, which CTAP does not allow");
      default -> simple(additional);
    }
  }

  private void items(int count, int depth) {
    if (depth == MAX_DEPTH) {
      throw new IllegalArgumentException("nested more than " + MAX_DEPTH + " levels deep");
    }
    if (count > remaining()) {
      throw truncated();
    }
    for (int i = 0; i < count; i++) {
      item(depth + 1);
    }
  }

  private void simple(int additional) {
    if (additional > ARGUMENT_IN_EIGHT_BYTES) {
      throw new IllegalArgumentException("an indefinite length or reserved value");
    }
    if (additional >= ARGUMENT_IN_ONE_BYTE) {
      skip(1 << (additional - ARGUMENT_IN_ONE_BYTE));
    }
  }

  /** The argument of a head; values beyond the input's length count as truncation where used. */
  private int argument(int additional) {
    if (additional < ARGUMENT_IN_ONE_BYTE) {
      return additional;
    }
    if (additional > ARGUMENT_IN_EIGHT_BYTES) {
      throw new IllegalArgumentException("an indefinite length or reserved value");
    }
    long value = 0;
    for (int i = 1 << (additional - ARGUMENT_IN_ONE_BYTE); i > 0; i--) {
      value = value << 8 | next();
    }
    return value < 0 || value > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE / 2 : (int) value;
  }

  private void text(int length) {
    int start = position;
    skip(length);
    int lead = position - 1;
    while (lead > start && position - lead < 4 && (input[lead] & 0xC0) == 0x80) {
      lead--;
    }
    if (length > 0 && sequenceLength(input[lead]) > position - lead) {
      Arrays.fill(input, lead, position, (byte) '?');
    }
  }

  private static int sequenceLength(byte lead) {
    int value = lead & 0xFF;
    return value < 0xC0 ? 1 : value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
  }

  private void skip(int count) {
    if (count > remaining()) {
      throw truncated();
    }
    position += count;
  }

  private int next() {
    if (remaining() == 0) {
      throw truncated();
    }
    return input[position++] & 0xFF;
  }

  private int remaining() {
    return input.length - position;
  }

  private static IllegalArgumentException truncated() {
    return new IllegalArgumentException("truncated");
  }
}
