package dev.keysmith.core.key;

import java.util.Optional;

/**
 * What has happened with the PIN of a key.
 *
 * @param attemptsLeft wrong PINs that the key still forgives, if a PIN was refused and it tells
 */
public record PinUse(Kind kind, Optional<Integer> attemptsLeft) {

  /** What has happened. */
  public enum Kind {
    /** A key without a PIN has one now. */
    SET,
    /** The PIN is right. */
    VERIFIED,
    /** The PIN is wrong, or the key takes none any more. */
    REFUSED
  }

  static PinUse of(Kind kind) {
    return new PinUse(kind, Optional.empty());
  }
}
