package dev.keysmith.core.session;

import dev.keysmith.core.ctap.AuthenticatorConfig;
import dev.keysmith.core.ctap.AuthenticatorInfo;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeySession.Step;
import dev.keysmith.spi.PluginException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a key its owner's: the PIN first, the policies last. */
final class KeyInitialisation {

  /** To verify a PIN without a relying party: no site can have this RP ID (RFC 6761, 6.4). */
  private static final String UNUSED_RP_ID = "keysmith.invalid";

  private final OpenKey key;
  private final KeySession session;
  private final PinRules rules;
  private final PinRecords records;
  private boolean hadPin;

  /**
   * @param rules for a PIN that is set
   * @param records of PINs that are set
   */
  KeyInitialisation(OpenKey key, KeySession session, PinRules rules, PinRecords records) {
    this.key = key;
    this.session = session;
    this.rules = rules;
    this.records = records;
  }

  /** Whether the key has come with a PIN. */
  boolean hadPin() {
    return hadPin;
  }

  /**
   * Sets the PIN of a new key, or verifies that of a key in use; a wrong one costs one attempt. If
   * no PIN was chosen, a random one is set, for the operator to be shown once.
   */
  void pin(KeyPolicy policy) {
    AuthenticatorInfo info = key.info();
    boolean choose = key.pinLength() == 0;
    hadPin = info.isClientPinSet();
    if (!hadPin) {
      boolean known = choose || policy.forcePinChange() && !session.isOwners();
      PinRules allowed = rules.under(policy).within(info.minPinLength(), info.maxPinLength());
      set(allowed, choose, known);
    } else if (choose) {
      throw ProblemException.invalid(SessionMessage.PIN_SET_ALREADY);
    } else {
      token(info).close();
      session.say(Step.PIN, Message.of(SessionMessage.PIN_RIGHT));
    }
  }

  private void set(PinRules allowed, boolean choose, boolean known) {
    if (choose) {
      key.choosePin(records.choose(allowed));
    }
    key.complaint(allowed::complaint)
        .ifPresent(
            complaint -> {
              throw complaint;
            });
    if (known) {
      setKnown(choose);
    } else {
      key.setPin();
    }
    session.say(
        Step.PIN,
        choose ? Message.of(SessionMessage.PIN_RANDOM) : Message.of(SessionMessage.PIN_SET));
  }

  /** Whether it was set is asked of the key, which may have set it and reported an error. */
  private void setKnown(boolean random) {
    char[] pin = random ? key.copyOfPin() : new char[0];
    try {
      SecurityKey.Facts facts = KeyExaminations.facts(key);
      Optional<Long> kept =
          records.expect(session, facts, random ? Optional.of(pin) : Optional.empty());
      try {
        key.setPin();
      } catch (PluginException | CtapException | ProblemException e) {
        if (key.surelyHasNoPin()) {
          records.withdraw(session, kept);
        }
        throw e;
      }
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  private PinUvAuthToken token(AuthenticatorInfo info) {
    return info.supportsCredentialManagement()
        ? key.token(null, Permission.CREDENTIAL_MANAGEMENT)
        : key.token(UNUSED_RP_ID, Permission.GET_ASSERTION);
  }

  /** Sets what the key can be set to, and says what it cannot. */
  void policies(KeyPolicy policy) {
    AuthenticatorInfo info = key.info();
    boolean lengths = info.supportsAuthenticatorConfig() && info.supportsSetMinPinLength();
    if (policy.forcePinChange() && !lengths) {
      session.say(Step.POLICY, Message.of(SessionMessage.NO_FORCED_CHANGE));
    }
    if (policy.minPinLength().isEmpty() && !policy.alwaysUv() && !lengths) {
      return;
    }
    if (!info.supportsAuthenticatorConfig()) {
      session.say(Step.POLICY, Message.of(SessionMessage.NO_POLICIES));
      return;
    }
    if (policy.alwaysUv() && !info.alwaysUv()) {
      configure(AuthenticatorConfig::toggleAlwaysUv, Message.of(SessionMessage.ALWAYS_UV));
    }
    if (lengths) {
      lengths(policy, info);
    } else if (policy.minPinLength().isPresent()) {
      session.say(Step.POLICY, Message.of(SessionMessage.NO_PIN_RULES));
    }
  }

  private void lengths(KeyPolicy policy, AuthenticatorInfo info) {
    Optional<Integer> longer = policy.minPinLength().filter(length -> length > info.minPinLength());
    if (policy.forcePinChange()) {
      configure(
          config ->
              longer.ifPresentOrElse(config::setMinPinLengthAndForceChange, config::forcePinChange),
          longer.map(KeyInitialisation::longerAndNew).orElseGet(KeyInitialisation::newPin));
      records.changeDemanded(session);
    } else {
      longer.ifPresent(
          length ->
              configure(
                  config -> config.setMinPinLength(length),
                  Message.of(SessionMessage.LONGER_PIN, length)));
    }
  }

  private static Message newPin() {
    return Message.of(SessionMessage.NEW_PIN);
  }

  private static Message longerAndNew(int length) {
    return Message.of(SessionMessage.LONGER_NEW_PIN, length);
  }

  private void configure(Consumer<AuthenticatorConfig> change, Message said) {
    try (PinUvAuthToken token = key.token(null, Permission.AUTHENTICATOR_CONFIG)) {
      change.accept(key.client().authenticatorConfig(token));
    }
    session.say(Step.POLICY, said);
  }
}
