package dev.keysmith.core.session;

import dev.keysmith.core.ctap.Assertion;
import dev.keysmith.core.ctap.AssertionRequest;
import dev.keysmith.core.ctap.CredentialManagement;
import dev.keysmith.core.ctap.CredentialManagement.StoredCredential;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.enrolment.LeftoverCredential;
import dev.keysmith.core.enrolment.LeftoverCredentials;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.key.KeepAliveListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Deletes what undone enrolments have left on a key. */
@ApplicationScoped
class KeyContents {

  private static final Bytes NO_CLIENT_DATA = Bytes.of(new byte[32]);

  private static final Interaction SILENT =
      new Interaction(Duration.ofSeconds(30), KeepAliveListener.NONE);

  @Inject Passkeys passkeys;
  @Inject LeftoverCredentials leftovers;

  /**
   * Deletes credentials that open nothing because their enrolment was undone. A key that cannot
   * delete single credentials keeps them until the next passkey of the same user replaces them.
   *
   * @return whether all are gone that the key could have deleted
   */
  boolean deleteLeftovers(OpenKey key, long keyId) {
    List<LeftoverCredential> noted = leftovers.on(keyId);
    if (noted.isEmpty() || !key.info().supportsCredentialManagement()) {
      return true;
    }
    boolean allGone = true;
    for (LeftoverCredential leftover : noted) {
      if (isGone(key, leftover)) {
        leftovers.gone(leftover);
      } else {
        allGone = false;
      }
    }
    return allGone;
  }

  /** Some keys say that they have deleted, or have nothing to delete, and keep the credential. */
  private boolean isGone(OpenKey key, LeftoverCredential leftover) {
    try (PinUvAuthToken token = key.token(null, Permission.CREDENTIAL_MANAGEMENT)) {
      CredentialManagement management = key.client().credentialManagement(token);
      matching(management, leftover).forEach(credential -> delete(management, credential));
      return matching(management, leftover).isEmpty() && isSilentAbout(key, leftover);
    } catch (CtapException e) {
      return false;
    }
  }

  private List<Bytes> matching(CredentialManagement management, LeftoverCredential leftover) {
    return management.credentials(rpIdHash(leftover)).stream()
        .filter(stored -> leftover.matches(stored.userHandle(), stored.id()))
        .filter(stored -> passkeys.keyHolding(List.of(stored.id())).isEmpty())
        .map(StoredCredential::id)
        .toList();
  }

  /** Whether it did is seen by looking again. */
  private static void delete(CredentialManagement management, Bytes credentialId) {
    try {
      management.delete(credentialId);
    } catch (CtapException e) {
      // As above.
    }
  }

  /** A list may lack what the key signs with. */
  private boolean isSilentAbout(OpenKey key, LeftoverCredential leftover) {
    try (PinUvAuthToken token = key.token(leftover.rpId(), Permission.GET_ASSERTION)) {
      AssertionRequest request =
          AssertionRequest.of(leftover.rpId(), NO_CLIENT_DATA).silent().verifiedBy(token);
      return key.client().getAssertions(request, SILENT).stream()
          .noneMatch(each -> isOf(leftover, each));
    } catch (CtapException e) {
      return true;
    }
  }

  private boolean isOf(LeftoverCredential leftover, Assertion assertion) {
    return assertion
            .userHandle()
            .filter(handle -> leftover.matches(handle, assertion.credentialId()))
            .isPresent()
        && passkeys.keyHolding(List.of(assertion.credentialId())).isEmpty();
  }

  private static Bytes rpIdHash(LeftoverCredential leftover) {
    return Bytes.of(leftover.rpId().getBytes(StandardCharsets.UTF_8)).sha256();
  }
}
