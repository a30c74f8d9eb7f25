package dev.keysmith.core.session;

import dev.keysmith.core.ctap.AuthenticatorConfig;
import dev.keysmith.core.ctap.AuthenticatorInfo;
import dev.keysmith.core.ctap.ClientPin;
import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.ctap.CtapStatus;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeySession.Step;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a key its owner's: the PIN first, the policies last. */
final class KeyInitialisation {

  /** To verify a PIN without a relying party: no site can have this RP ID (RFC 6761, 6.4). */
  private static final String NOBODY = "keysmith.invalid";

  private final OpenKey key;
  private final KeySession session;

  KeyInitialisation(OpenKey key, KeySession session) {
    this.key = key;
    this.session = session;
  }

  /** Sets the PIN of a new key, or verifies that of a key in use; a wrong one costs one attempt. */
  void pin(KeyPolicy policy) {
    AuthenticatorInfo info = key.info();
    if (info.isClientPinSet()) {
      verify(info);
      session.say(Step.PIN, "The PIN is right.");
    } else {
      int shortest = Math.max(info.minPinLength(), policy.minPinLength().orElse(0));
      if (key.pinLength() < shortest) {
        throw ProblemException.invalid(
            "key.pin-too-short",
            "The PIN is too short: this security key wants at least "
                + shortest
                + " characters."
                + " Choose a longer one.");
      }
      key.setPin();
      session.say(Step.PIN, "The PIN has been set.");
    }
  }

  private void verify(AuthenticatorInfo info) {
    try {
      token(info).close();
    } catch (CtapException e) {
      if (e.status() != CtapStatus.PIN_INVALID) {
        throw e;
      }
      throw ProblemException.invalid(
          "key.pin-wrong", wrongPin(key.client().clientPin().pinRetries()));
    }
  }

  private PinUvAuthToken token(AuthenticatorInfo info) {
    return info.supportsCredentialManagement()
        ? key.token(null, Permission.CREDENTIAL_MANAGEMENT)
        : key.token(NOBODY, Permission.GET_ASSERTION);
  }

  private static String wrongPin(ClientPin.PinRetries retries) {
    String left =
        retries.left() == 1 ? "One attempt is left." : retries.left() + " attempts are left.";
    String then =
        retries.left() == 0
            ? "The PIN is blocked: the security key must be reset, which erases all that is on it."
            : left + " Start again with the right PIN.";
    return "The PIN is wrong. " + then;
  }

  /** Sets what the key can be set to, and says what it cannot. */
  void policies(KeyPolicy policy) {
    if (policy.isEmpty()) {
      return;
    }
    AuthenticatorInfo info = key.info();
    if (!info.supportsAuthenticatorConfig()) {
      session.say(Step.POLICY, "This security key takes no policies: it stays as it is.");
      return;
    }
    if (policy.alwaysUv() && !info.alwaysUv()) {
      configure(AuthenticatorConfig::toggleAlwaysUv, "The key asks for its PIN at every use.");
    }
    boolean lengths = info.supportsSetMinPinLength();
    if (!lengths && (policy.minPinLength().isPresent() || policy.forcePinChange())) {
      session.say(Step.POLICY, "This security key has no rules for its PIN: they stay unset.");
      return;
    }
    lengths(policy, info);
  }

  private void lengths(KeyPolicy policy, AuthenticatorInfo info) {
    Optional<Integer> longer = policy.minPinLength().filter(length -> length > info.minPinLength());
    String rule =
        longer.map(length -> "The PIN must have at least " + length + " characters. ").orElse("");
    if (policy.forcePinChange()) {
      configure(
          config ->
              longer.ifPresentOrElse(config::setMinPinLengthAndForceChange, config::forcePinChange),
          rule + "The owner must choose a new PIN first.");
    } else {
      longer.ifPresent(length -> configure(config -> config.setMinPinLength(length), rule.strip()));
    }
  }

  private void configure(Consumer<AuthenticatorConfig> change, String said) {
    try (PinUvAuthToken token = key.token(null, Permission.AUTHENTICATOR_CONFIG)) {
      change.accept(key.client().authenticatorConfig(token));
    }
    session.say(Step.POLICY, said);
  }
}
