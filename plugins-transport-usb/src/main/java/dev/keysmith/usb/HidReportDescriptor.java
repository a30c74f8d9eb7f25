package dev.keysmith.usb;

/**
 * Tells a FIDO interface from keyboards, mice and everything else that is a HID device.
 *
 * <p>CTAP 2.1, section 11.2.8.1: an application collection with usage page 0xF1D0 and usage 0x01.
 * The items are those of the Device Class Definition for HID 1.11, section 6.2.2.
 */
final class HidReportDescriptor {

  private static final int FIDO_PAGE = 0xF1D0;
  private static final int FIDO_USAGE = 0x01;

  private static final int LONG_ITEM = 0xFE;
  private static final int TYPE_AND_TAG = 0xFC;
  private static final int USAGE_PAGE = 0x04;
  private static final int USAGE = 0x08;
  private static final int COLLECTION = 0xA0;
  private static final int APPLICATION = 0x01;

  private HidReportDescriptor() {}

  /** Whether a report descriptor is that of a FIDO interface. */
  static boolean isFido(byte[] descriptor) {
    int page = 0;
    int usage = 0;
    for (int at = 0; at < descriptor.length; ) {
      int prefix = descriptor[at] & 0xFF;
      int length = lengthAfter(descriptor, at);
      int value = value(descriptor, at + 1, length);
      switch (prefix & TYPE_AND_TAG) {
        case USAGE_PAGE -> page = value;
        case USAGE -> usage = value;
        case COLLECTION -> {
          return value == APPLICATION && page == FIDO_PAGE && usage == FIDO_USAGE;
        }
        default -> {
          // Says nothing about what the interface is for.
        }
      }
      at += 1 + length;
    }
    return false;
  }

  private static int lengthAfter(byte[] descriptor, int at) {
    int prefix = descriptor[at] & 0xFF;
    if (prefix == LONG_ITEM) {
      return at + 1 < descriptor.length ? 2 + (descriptor[at + 1] & 0xFF) : 1;
    }
    int size = prefix & 0x03;
    return size == 3 ? 4 : size;
  }

  /** Little-endian; what a cut off descriptor lacks counts as zero. */
  private static int value(byte[] descriptor, int from, int length) {
    int value = 0;
    for (int i = Math.min(length, 4) - 1; i >= 0; i--) {
      int octet = from + i < descriptor.length ? descriptor[from + i] & 0xFF : 0;
      value = value << 8 | octet;
    }
    return value;
  }
}
