package dev.keysmith.core.ctap;

import dev.keysmith.core.ctap.wire.CtapException;
import java.util.Optional;

/**
 * How long a PIN is, once it is in the form in which it is processed (CTAP 2.1, section 6.5.1): its
 * minimum is counted in characters, its maximum in bytes.
 *
 * @param codePoints of its normal form NFC
 * @param bytes of these in UTF-8
 */
public record PinLength(int codePoints, int bytes) {

  /** The longest PIN that a key can take, in bytes. */
  public static final int MOST_BYTES = 63;

  /** The shortest PIN that a key can take, in Unicode code points. */
  public static final int LEAST_CODE_POINTS = 4;

  /** The length of a PIN, which stays the caller's; empty if it holds half a character. */
  public static Optional<PinLength> of(char[] pin) {
    try (Pin encoded = Pin.of(pin)) {
      return Optional.of(encoded.length());
    } catch (CtapException e) {
      return Optional.empty();
    }
  }

  /** Whether a key could have this PIN. */
  public boolean isPossible() {
    return codePoints >= LEAST_CODE_POINTS && bytes <= MOST_BYTES;
  }
}
