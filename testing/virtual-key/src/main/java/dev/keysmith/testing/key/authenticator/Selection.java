package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import java.util.Map;

/** {@code authenticatorSelection} (CTAP 2.1, section 6.9). */
final class Selection implements Command {

  private final Authenticator key;

  Selection(Authenticator key) {
    this.key = key;
  }

  @Override
  public Map<Object, Object> run(CborMap parameters) {
    key.presence().request(CtapStatus.USER_ACTION_TIMEOUT);
    return NOTHING;
  }
}
