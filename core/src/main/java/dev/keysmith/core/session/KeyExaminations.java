package dev.keysmith.core.session;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.ctap.AuthenticatorInfo;
import dev.keysmith.core.ctap.ClientPin.PinRetries;
import dev.keysmith.core.key.Audience;
import dev.keysmith.core.key.DiscoverableCredentials;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.OpenKeys;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.key.SerialNumbers;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.pin.PinAttempts;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks at a plugged key before anything is written on it or erased; changes nothing on it. */
@ApplicationScoped
public class KeyExaminations {

  @Inject Station station;
  @Inject SecurityKeys keys;
  @Inject SerialNumbers serialNumbers;
  @Inject Passkeys passkeys;
  @Inject OrganisationPolicy rules;
  @Inject OpenKeys openKeys;
  @Inject OwnKeys ownKeys;
  @Inject PinAttempts attempts;

  /**
   * What a key tells without its PIN.
   *
   * @param obstacles why it cannot be used, with the remedies; empty if it is fit
   * @param pinSet whether it has a PIN
   * @param pinAttempts how many wrong PINs it would still take, if it has one
   * @param pinRules for a PIN that would be set on it
   * @param room at least so many passkeys fit still, if it tells
   * @param deletesPasskeys whether single passkeys can be listed and deleted
   * @param takesPolicies whether a minimum PIN length and a forced change of the PIN can be set
   */
  public record Examination(
      String product,
      UUID aaguid,
      Optional<Long> firmware,
      Optional<String> serialNumber,
      List<String> versions,
      List<Message> obstacles,
      boolean pinSet,
      Optional<Integer> pinAttempts,
      PinRules pinRules,
      Optional<Integer> room,
      boolean deletesPasskeys,
      boolean takesPolicies) {}

  /**
   * A passkey on a key: what a reset would erase.
   *
   * @param rpId for which relying party
   * @param account as the relying party has named it, if it has
   * @param passkeyId which passkey of Keysmith's it is, if it is one
   * @param state where that stands
   */
  public record Held(
      String rpId,
      Optional<String> account,
      Optional<Long> passkeyId,
      Optional<Passkey.State> state) {}

  /** Examines a key. */
  public Examination examine(String transport, String keyId) {
    PluggedKey plugged = station.find(Audience.OPERATORS, transport, keyId);
    try (OpenKey key = openKeys.open(plugged)) {
      return examine(key, key.info());
    }
  }

  /**
   * Examines a key for a user who has only an activation code.
   *
   * @throws ProblemException {@code CONFLICT} if it is known to be another user's
   */
  public Examination examineFor(long userId, String transport, String keyId) {
    PluggedKey plugged = station.find(Audience.OWNERS, transport, keyId);
    if (ownKeys.isAnothers(plugged, userId)) {
      throw OwnKeys.refusal();
    }
    try (OpenKey key = openKeys.open(plugged)) {
      ownKeys.requireNotAnothers(key, userId);
      return examine(key, key.info());
    }
  }

  private Examination examine(OpenKey key, AuthenticatorInfo info) {
    Optional<PinRetries> retries = KeyFitness.retries(key, info);
    return new Examination(
        key.plugged().descriptor().product(),
        info.aaguid(),
        info.firmwareVersion(),
        key.plugged().descriptor().serialNumber(),
        info.versions(),
        KeyFitness.obstacles(info, rules.models(), retries),
        info.isClientPinSet(),
        retries.map(PinRetries::left),
        rules.pins().under(rules.keys()).within(info.minPinLength(), info.maxPinLength()),
        info.remainingDiscoverableCredentials(),
        info.supportsCredentialManagement(),
        info.supportsAuthenticatorConfig() && info.supportsSetMinPinLength());
  }

  /** The key of the inventory that shows this serial number, if it is one of its own. */
  public Optional<SecurityKey> known(String transport, String keyId) {
    return serialNumbers.bySerialNumber(
        station.find(Audience.OPERATORS, transport, keyId).descriptor());
  }

  /**
   * What is on a key.
   *
   * @param pin a wrong one costs one of the key's attempts; taken over, zeroed
   * @throws ProblemException {@code INVALID} if the key cannot list what it holds, or the PIN is
   *     wrong; {@code CONFLICT} if the PIN is blocked
   */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public List<Held> contents(Actor by, String transport, String keyId, char[] pin) {
    PinAttempts.Attempt attempt = new PinAttempts.Attempt(by, Optional.empty(), Optional.empty());
    try {
      PluggedKey plugged = station.find(Audience.OPERATORS, transport, keyId);
      try (OpenKey key =
          openKeys.open(plugged, pin, (at, use) -> attempts.record(attempt, at, use))) {
        DiscoverableCredentials stored = DiscoverableCredentials.on(key);
        if (!stored.complete()) {
          throw ProblemException.invalid(SessionMessage.CANNOT_LIST);
        }
        return stored.entries().stream().map(this::held).toList();
      }
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  private Held held(DiscoverableCredentials.Entry entry) {
    Optional<Passkey> known = passkeys.holding(entry.credential().id());
    return new Held(
        entry.party().id(),
        entry.credential().userName(),
        known.map(Passkey::id),
        known.map(Passkey::state));
  }

  /**
   * Takes a plugged key into stock before anybody has it.
   *
   * @throws ProblemException as {@link SecurityKeys#register}
   */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public SecurityKey register(Actor by, String transport, String keyId, String assetTag) {
    PluggedKey plugged = station.find(Audience.OPERATORS, transport, keyId);
    SecurityKey.Facts facts;
    try (OpenKey key = openKeys.open(plugged)) {
      facts = facts(key);
    }
    return keys.register(by, facts, assetTag);
  }

  /** What can be told of an open key. */
  static SecurityKey.Facts facts(OpenKey key) {
    AuthenticatorInfo info = key.info();
    return new SecurityKey.Facts(
        info.aaguid(),
        key.plugged().descriptor().product(),
        info.firmwareVersion(),
        key.plugged().descriptor().serialNumber());
  }
}
