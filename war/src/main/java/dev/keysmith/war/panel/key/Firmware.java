package dev.keysmith.war.panel.key;

/**
 * The firmware version of a security key. CTAP 2.1 (section 6.4, {@code firmwareVersion}) leaves
 * the number to the vendor; vendors pack major, minor and patch version into one byte each.
 */
final class Firmware {

  private static final long FIRST_PACKED = 0x10000;
  private static final long LAST_PACKED = 0xFFFFFF;
  private static final int BYTE = 0xFF;

  private Firmware() {}

  /** The version as people know it: {@code 5.4.3}, or the number itself if it is not packed. */
  static String text(long number) {
    if (number < FIRST_PACKED || number > LAST_PACKED) {
      return Long.toString(number);
    }
    return "%d.%d.%d".formatted(number >> 16, number >> 8 & BYTE, number & BYTE);
  }
}
