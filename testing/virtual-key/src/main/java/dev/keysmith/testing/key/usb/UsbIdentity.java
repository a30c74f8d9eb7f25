package dev.keysmith.testing.key.usb;

import java.util.Optional;

/**
 * What a USB device says it is.
 *
 * @param vendorId {@code idVendor}, 0 to 65535
 * @param productId {@code idProduct}, 0 to 65535
 * @param manufacturer text
 * @param product text
 * @param serialNumber text; many security keys have none
 */
public record UsbIdentity(
    int vendorId,
    int productId,
    String manufacturer,
    String product,
    Optional<String> serialNumber) {

  /** The longest text that fits into a string descriptor, whose length is one byte. */
  private static final int LONGEST_TEXT = 126;

  /** Checks that all of it fits into descriptors. */
  public UsbIdentity {
    if ((vendorId | productId) >>> 16 != 0) {
      throw new IllegalArgumentException("Vendor and product id have 16 bits.");
    }
    if (Math.max(manufacturer.length(), product.length()) > LONGEST_TEXT
        || serialNumber.map(String::length).orElse(0) > LONGEST_TEXT) {
      throw new IllegalArgumentException("A USB string has at most 126 characters.");
    }
  }
}
