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
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.spi.Bytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Deletes what undone enrolments have left on a key. */
@ApplicationScoped
class KeyContents {

  @Inject Passkeys passkeys;
  @Inject LeftoverCredentials leftovers;

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
