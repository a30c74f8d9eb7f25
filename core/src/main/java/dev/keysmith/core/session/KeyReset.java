package dev.keysmith.core.session;

import java.util.Optional;
import java.util.Set;

/**
 * A reset that is wanted: it erases every passkey on the key, those of other sites included, and
 * the PIN.
 *
 * @param transport name of the key transport
 * @param key id of the plugged key there
 * @param keyId which key of the inventory it is, if the caller knows; otherwise the passkeys on it
 *     tell, or its serial number, where it has one of its own
 * @param unrecognised whether it is to be erased even if nothing tells which key of the inventory
 *     it is, so that the passkeys on it stay active
 * @param seen the passkeys on the key of the inventory that the caller was shown; empty if that is
 *     not known
 * @param confirmation typed by a person: {@code erase}, what the key calls itself, or its asset tag
 */
public record KeyReset(
    String transport,
    String key,
    Optional<Long> keyId,
    boolean unrecognised,
    Optional<Set<Long>> seen,
    String confirmation) {

  /** Whichever passkeys are on it. */
  public KeyReset(
      String transport,
      String key,
      Optional<Long> keyId,
      boolean unrecognised,
      String confirmation) {
    this(transport, key, keyId, unrecognised, Optional.empty(), confirmation);
  }
}
