package dev.keysmith.testing.key;

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
