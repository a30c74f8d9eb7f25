package dev.keysmith.testing.key.authenticator;

import static dev.keysmith.testing.key.message.CborMap.required;

import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.message.Cbor;
import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.pin.PinUvAuthProtocol;
import dev.keysmith.testing.key.pin.PinUvAuthToken;
import dev.keysmith.testing.key.store.KeyState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code authenticatorConfig} (CTAP 2.1, section 6.11). */
final class AuthenticatorConfig implements Command {

  static final int MAX_RP_IDS = 4;
  private static final int ENABLE_ENTERPRISE_ATTESTATION = 0x01;
  private static final int TOGGLE_ALWAYS_UV = 0x02;
  private static final int SET_MIN_PIN_LENGTH = 0x03;

  private final Authenticator key;

  AuthenticatorConfig(Authenticator key) {
    this.key = key;
  }

  @Override
  public Map<Object, Object> run(CborMap parameters) {
    int subCommand = required(parameters.integer(0x01));
    authorize(parameters, subCommand);
    switch (subCommand) {
      case ENABLE_ENTERPRISE_ATTESTATION -> enableEnterpriseAttestation();
      case TOGGLE_ALWAYS_UV -> toggleAlwaysUv();
      case SET_MIN_PIN_LENGTH -> setMinPinLength(parameters.map(0x02).orElse(CborMap.EMPTY));
      default -> throw CtapStatus.INVALID_PARAMETER.error();
    }
    return NOTHING;
  }

  private void authorize(CborMap parameters, int subCommand) {
    boolean always = key.state().policy().alwaysUv() && subCommand != TOGGLE_ALWAYS_UV;
    if (!key.state().hasPin() && !always) {
      return;
    }
    byte[] param = parameters.bytes(0x04).orElseThrow(CtapStatus.PUAT_REQUIRED::error);
    PinUvAuthProtocol protocol = key.protocol(required(parameters.integer(0x03)));
    byte[] prefix = new byte[32];
    Arrays.fill(prefix, (byte) 0xFF);
    byte[] subCommandParams =
        parameters.map(0x02).map(map -> Cbor.encode(map.values())).orElse(new byte[0]);
    byte[] message = Crypto.concat(prefix, new byte[] {0x0D, (byte) subCommand}, subCommandParams);
    PinUvAuthToken token = key.power().token();
    token.verify(protocol, message, param, key.now());
    token.requirePermission(PinUvAuthToken.AUTHENTICATOR_CONFIG);
  }

  private void enableEnterpriseAttestation() {
    if (!key.traits().enterpriseAttestation()) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    key.memory().update(s -> s.withPolicy(s.policy().withEnterpriseAttestation()));
  }

  private void toggleAlwaysUv() {
    key.memory().update(s -> s.withPolicy(s.policy().withAlwaysUv(!s.policy().alwaysUv())));
  }

  /** Section 6.11.4. */
  private void setMinPinLength(CborMap parameters) {
    KeyState state = key.state();
    int current = state.policy().minPinLength();
    int length = parameters.integer(0x01).orElse(current);
    List<String> rpIds = parameters.texts(0x02).orElse(state.policy().minPinLengthRpIds());
    boolean force = parameters.bool(0x03).orElse(false);
    if (length < current || length > 63) {
      throw CtapStatus.PIN_POLICY_VIOLATION.error();
    }
    if (force && !state.hasPin()) {
      throw CtapStatus.PIN_NOT_SET.error();
    }
    if (rpIds.size() > MAX_RP_IDS) {
      throw CtapStatus.KEY_STORE_FULL.error();
    }
    boolean tooShort = state.hasPin() && state.pin().codePoints() < length;
    boolean change = force || tooShort || state.policy().forceChangePin();
    key.memory().update(s -> s.withPolicy(s.policy().withMinPinLength(length, rpIds, change)));
    if (force || tooShort) {
      key.power().token().reset();
    }
  }
}
