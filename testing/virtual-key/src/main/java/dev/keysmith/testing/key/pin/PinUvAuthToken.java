package dev.keysmith.testing.key.pin;

import dev.keysmith.testing.key.message.CtapStatus;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pinUvAuthToken and its state (CTAP 2.1, sections 6.5.2.1 and 6.5.3).
 *
 * <p>A legacy token (CTAP 2.0) has no permissions and lives as long as the key has power.
 */
public final class PinUvAuthToken {

  public static final int MAKE_CREDENTIAL = 0x01;
  public static final int GET_ASSERTION = 0x02;
  public static final int CREDENTIAL_MANAGEMENT = 0x04;
  static final int LARGE_BLOB_WRITE = 0x10;
  public static final int AUTHENTICATOR_CONFIG = 0x20;

  private static final Duration INITIAL_USAGE_LIMIT = Duration.ofSeconds(30);
  private static final Duration MAX_USAGE_PERIOD = Duration.ofMinutes(10);

  private final boolean legacy;
  private final SecureRandom random;
  private final Map<PinUvAuthProtocol, byte[]> values = new EnumMap<>(PinUvAuthProtocol.class);
  private boolean inUse;
  private boolean used;
  private boolean userVerified;
  private int permissions;
  private Optional<String> rpId = Optional.empty();
  private Instant begun = Instant.MIN;

  public PinUvAuthToken(boolean legacy, SecureRandom random) {
    this.legacy = legacy;
    this.random = random;
    reset();
  }

  /** {@code resetPinUvAuthToken}: new values, and nothing in use. */
  public void reset() {
    for (PinUvAuthProtocol protocol : PinUvAuthProtocol.values()) {
      byte[] value = new byte[32];
      random.nextBytes(value);
      values.put(protocol, value);
    }
    stop();
  }

  /** {@code beginUsingPinUvAuthToken}: the value to hand to the platform. */
  public byte[] begin(
      PinUvAuthProtocol protocol, int granted, Optional<String> forRpId, Instant now) {
    if (!legacy) {
      reset();
    }
    inUse = true;
    used = false;
    userVerified = true;
    permissions = granted;
    rpId = forRpId;
    begun = now;
    return values.get(protocol).clone();
  }

  /** Fails unless {@code param} authenticates {@code message} with a token in use. */
  public void verify(PinUvAuthProtocol protocol, byte[] message, byte[] param, Instant now) {
    observeTimer(now);
    byte[] expected = protocol.authenticate(values.get(protocol), message);
    if (!inUse || !MessageDigest.isEqual(expected, param)) {
      throw CtapStatus.PIN_AUTH_INVALID.error();
    }
    used = true;
  }

  public void requirePermission(int permission) {
    require(legacy || (permissions & permission) != 0);
  }

  public void requireUserVerified() {
    require(legacy || userVerified);
  }

  /** Fails if the token is for another RP ID; binds it if it is for none yet. */
  public void requireOrBindRpId(String wanted) {
    require(legacy || rpId.isEmpty() || rpId.get().equals(wanted));
    rpId = Optional.of(wanted);
  }

  /** Fails if the token is for another RP ID; does not bind it. */
  public void requireRpId(String wanted) {
    require(legacy || rpId.isEmpty() || rpId.get().equals(wanted));
  }

  public void requireNoRpId() {
    require(legacy || rpId.isEmpty());
  }

  /** After a touch the token has served: section 6.1.2, step 14, and 6.2.2, step 9. */
  public void consume() {
    if (!legacy) {
      userVerified = false;
      permissions &= LARGE_BLOB_WRITE;
    }
  }

  /** {@code pinUvAuthTokenUsageTimerObserver}. */
  private void observeTimer(Instant now) {
    if (inUse && !legacy) {
      Duration age = Duration.between(begun, now);
      boolean unusedTooLong = !used && age.compareTo(INITIAL_USAGE_LIMIT) > 0;
      if (unusedTooLong || age.compareTo(MAX_USAGE_PERIOD) > 0) {
        stop();
      }
    }
  }

  private void stop() {
    inUse = false;
    userVerified = false;
    permissions = 0;
    rpId = Optional.empty();
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw CtapStatus.PIN_AUTH_INVALID.error();
    }
  }
}
