package dev.keysmith.core.custody;

import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.spi.key.KeyDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * A key that was reset, as far as it was known before.
 *
 * @param plugged what it shows of itself
 * @param keyId which key of the inventory it was
 * @param recognisedBy what told that
 * @param found the passkeys that it proved to hold
 */
public record ErasedKey(
    KeyDescriptor plugged, Optional<Long> keyId, Evidence recognisedBy, List<Passkey> found) {

  /** What tells which key of the inventory a plugged one is. */
  public enum Evidence {
    /** The passkeys on it: a proof. */
    PASSKEYS,
    /** Its serial number, which no other key is known to show. */
    SERIAL_NUMBER,
    /** The word of the operator. */
    OPERATOR,
    /** Nothing. */
    NONE
  }
}
