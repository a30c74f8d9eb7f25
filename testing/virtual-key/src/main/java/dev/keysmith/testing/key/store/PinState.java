package dev.keysmith.testing.key.store;

import org.jspecify.annotations.Nullable;

/**
 * The PIN, as far as the key keeps it (CTAP 2.1, section 6.5.2).
 *
 * @param hash LEFT(SHA-256(PIN), 16), or null without a PIN
 * @param codePoints length of the PIN
 * @param retries left
 */
public record PinState(byte @Nullable [] hash, int codePoints, int retries) {

  public static final int MAX_RETRIES = 8;
  static final PinState NONE = new PinState(null, 0, MAX_RETRIES);

  public static PinState of(byte[] hash, int codePoints) {
    return new PinState(hash, codePoints, MAX_RETRIES);
  }

  public PinState withRetries(int left) {
    return new PinState(hash, codePoints, left);
  }
}
