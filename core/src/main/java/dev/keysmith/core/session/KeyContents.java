package dev.keysmith.core.session;

import dev.keysmith.core.ctap.CredentialManagement;
import dev.keysmith.core.ctap.CredentialManagement.StoredCredential;
import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.ctap.CtapStatus;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.passkey.LeftoverCredential;
import dev.keysmith.core.passkey.LeftoverCredentials;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.spi.Bytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads off a key which one it is, and deletes what undone enrolments have left on it. */
@ApplicationScoped
class KeyContents {

  @Inject Passkeys passkeys;
  @Inject LeftoverCredentials leftovers;

  /**
   * Recognises a key by the passkeys that were written on it: CTAP2 has no serial number.
   *
   * @param ownerId whose passkeys to look for where the key cannot list what it holds
   * @return its id in the inventory, if it is known; a key that tells nothing of itself is taken
   *     for the one of this owner and model on which nothing has been written yet
   */
  Optional<Long> recognise(OpenKey key, long ownerId) {
    UUID aaguid = key.info().aaguid();
    Optional<Long> known =
        key.info().supportsCredentialManagement()
            ? known(credentialIds(key))
            : askFor(key, passkeys.activeOn(ownerId, aaguid));
    boolean anonymous = key.plugged().descriptor().serialNumber().isEmpty();
    return known.or(() -> anonymous ? passkeys.emptyKeyOf(ownerId, aaguid) : Optional.empty());
  }

  private Optional<Long> known(List<Bytes> credentialIds) {
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

  /**
   * Deletes credentials that open nothing because their enrolment was undone. A key that cannot
   * delete single credentials keeps them until the next passkey of the same user replaces them.
   */
  void deleteLeftovers(OpenKey key, long keyId) {
    List<LeftoverCredential> noted = leftovers.on(keyId);
    if (noted.isEmpty() || !key.info().supportsCredentialManagement()) {
      return;
    }
    try (PinUvAuthToken token = key.token(null, Permission.CREDENTIAL_MANAGEMENT)) {
      CredentialManagement management = key.client().credentialManagement(token);
      for (LeftoverCredential leftover : noted) {
        matching(management, leftover).forEach(credential -> delete(management, credential));
        leftovers.gone(leftover);
      }
    }
  }

  private List<Bytes> matching(CredentialManagement management, LeftoverCredential leftover) {
    return management.credentials(rpIdHash(leftover)).stream()
        .filter(stored -> leftover.matches(stored.userHandle(), stored.id()))
        .filter(stored -> passkeys.keyHolding(List.of(stored.id())).isEmpty())
        .map(StoredCredential::id)
        .toList();
  }

  private static void delete(CredentialManagement management, Bytes credentialId) {
    try {
      management.delete(credentialId);
    } catch (CtapException e) {
      if (e.status() != CtapStatus.NO_CREDENTIALS) {
        throw e;
      }
    }
  }

  private static Bytes rpIdHash(LeftoverCredential leftover) {
    return Bytes.of(leftover.rpId().getBytes(StandardCharsets.UTF_8)).sha256();
  }
}
