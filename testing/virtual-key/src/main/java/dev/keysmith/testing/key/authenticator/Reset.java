package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.store.KeyState;
import java.time.Duration;
import java.util.Map;

/** {@code authenticatorReset} (CTAP 2.1, section 6.6). */
final class Reset implements Command {

  /** How long after it was plugged in a USB key can be reset. */
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final Authenticator key;

  Reset(Authenticator key) {
    this.key = key;
  }

  @Override
  public Map<Object, Object> run(CborMap parameters) {
    if (key.now().isAfter(key.power().since().plus(WINDOW))) {
      throw CtapStatus.NOT_ALLOWED.error();
    }
    key.presence().request(CtapStatus.USER_ACTION_TIMEOUT);
    byte[] masterKey = key.randomBytes(32);
    key.memory().update(state -> KeyState.fresh(state.traits(), state.attestation(), masterKey));
    key.forget();
    return NOTHING;
  }
}
