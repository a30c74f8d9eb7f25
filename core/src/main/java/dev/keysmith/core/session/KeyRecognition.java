package dev.keysmith.core.session;

import dev.keysmith.core.ctap.CredentialManagement;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.passkey.LeftoverCredentials;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells which key of the inventory a plugged one is; CTAP2 has no serial number.
 *
 * <p>What proves it is a passkey that Keysmith wrote on the key. The serial number of the USB
 * device is a hint only: some models show the same one on every device.
 */
@ApplicationScoped
class KeyRecognition {

  private static final String IF_NOT_THAT_ONE =
      " If it is another one, of a model whose keys all show the same serial number, mark the serial"
          + " number of key %d as shared in the inventory, and start again.";

  @Inject SecurityKeys keys;
  @Inject Passkeys passkeys;
  @Inject LeftoverCredentials leftovers;

  /**
   * Looks at a key by its serial number before anything is written on it.
   *
   * <p>A key that was initialised for somebody else has a PIN, and may hold passkeys that prove
   * which one it is: in the first case one without a PIN cannot be that key as it was left, in the
   * second the proof is asked for once the PIN is known.
   *
   * @throws ProblemException {@code CONFLICT} if it is another user's, lost or retired
   */
  void requireUsable(OpenKey key, SecurityKey.Facts facts, long owner) {
    List<SecurityKey> same = keys.showing(facts);
    if (same.stream().anyMatch(known -> known.isUsableBy(owner))) {
      return;
    }
    boolean pinSet = key.info().isClientPinSet();
    for (SecurityKey known : same) {
      boolean cannotBe = known.state() == SecurityKey.State.ACTIVE && !pinSet;
      if (!cannotBe && !canBeProved(known)) {
        refuse(known, owner);
      }
    }
  }

  private boolean canBeProved(SecurityKey known) {
    return known.state() == SecurityKey.State.ACTIVE
        && !passkeys.activeOn(List.of(known.id())).isEmpty();
  }

  private static void refuse(SecurityKey known, long owner) {
    try {
      known.requireUsableBy(owner);
    } catch (ProblemException e) {
      throw ProblemException.conflict(
          e.code(), e.getMessage() + IF_NOT_THAT_ONE.formatted(known.id()));
    }
  }

  /**
   * Recognises a key whose PIN is known.
   *
   * @return its id in the inventory, if it is known; a key that tells nothing of itself is taken
   *     for the one of this owner and model on which nothing has been written yet
   */
  Optional<Long> recognise(OpenKey key, SecurityKey.Facts facts, long owner) {
    List<SecurityKey> same = keys.showing(facts);
    Optional<Long> proved =
        key.info().supportsCredentialManagement()
            ? proved(credentialIds(key))
            : askFor(key, candidates(facts, same, owner));
    return proved
        .or(() -> same.stream().filter(k -> k.isUsableBy(owner)).findFirst().map(SecurityKey::id))
        .or(() -> ofItsModel(facts, owner));
  }

  private Optional<Long> ofItsModel(SecurityKey.Facts facts, long owner) {
    return keys.tellsItself(facts) ? Optional.empty() : passkeys.emptyKeyOf(owner, facts.aaguid());
  }

  private List<Passkey> candidates(SecurityKey.Facts facts, List<SecurityKey> same, long owner) {
    return Stream.concat(
            passkeys.activeOn(owner, facts.aaguid()).stream(),
            passkeys.activeOn(same.stream().map(SecurityKey::id).toList()).stream())
        .toList();
  }

  private Optional<Long> proved(List<Bytes> credentialIds) {
    return passkeys.keyHolding(credentialIds).or(() -> leftovers.keyHolding(credentialIds));
  }

  private static List<Bytes> credentialIds(OpenKey key) {
    try (PinUvAuthToken token = key.token(null, Permission.CREDENTIAL_MANAGEMENT)) {
      CredentialManagement management = key.client().credentialManagement(token);
      List<Bytes> found = new ArrayList<>();
      management
          .relyingParties()
          .forEach(party -> management.credentials(party.idHash()).forEach(c -> found.add(c.id())));
      return found;
    }
  }

  private static Optional<Long> askFor(OpenKey key, List<Passkey> candidates) {
    for (Passkey candidate : candidates) {
      String rpId = candidate.rpId().orElseThrow();
      try (PinUvAuthToken token = key.token(rpId, Permission.GET_ASSERTION)) {
        List<Bytes> credential = List.of(candidate.credentialId().orElseThrow());
        if (key.client().findCredential(rpId, credential, token).isPresent()) {
          return candidate.keyId();
        }
      }
    }
    return Optional.empty();
  }
}
