package dev.keysmith.spi.key;

import dev.keysmith.spi.Text;
import java.util.Objects;
import java.util.Optional;

/**
 * A security key that is plugged in, as far as it can be told without opening it.
 *
 * @param id names the key to {@link KeyTransport#open}: 1 to 128 characters, unique in the
 *     transport
 * @param product what the device says it is, for instance {@code YubiKey OTP+FIDO+CCID}; not to be
 *     trusted; at most 126 characters, what is longer is cut
 * @param location where it is plugged in, for people and to tell two equal keys apart, for instance
 *     {@code USB bus 1, port 2.3}
 * @param serialNumber of the device, if it shows one; not to be trusted to be unique; at most 126
 *     characters, what is longer is cut
 */
public record KeyDescriptor(
    String id, String product, String location, Optional<String> serialNumber) {

  private static final int LONGEST_ID = 128;

  /** What a USB string descriptor can hold (USB 2.0, section 9.6.7): 252 bytes of UTF-16. */
  private static final int LONGEST_TEXT = 126;

  /**
   * Checks the id and cuts what the device says of itself.
   *
   * @param id see {@link #id()}
   * @param product see {@link #product()}
   * @param location see {@link #location()}
   * @param serialNumber see {@link #serialNumber()}
   * @throws IllegalArgumentException if the id is empty or too long
   */
  public KeyDescriptor {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          "The id of a security key must have 1 to 128 characters; this one has "
              + id.length()
              + ".");
    }
    Objects.requireNonNull(location);
    product = cut(product);
    serialNumber = serialNumber.map(KeyDescriptor::cut).filter(text -> !text.isEmpty());
  }

  private static String cut(String text) {
    return Text.cut(text, LONGEST_TEXT);
  }
}
