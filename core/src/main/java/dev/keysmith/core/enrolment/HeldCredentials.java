package dev.keysmith.core.enrolment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keysmith.core.ctap.Assertion;
import dev.keysmith.core.ctap.AssertionRequest;
import dev.keysmith.core.ctap.CredentialManagement.StoredCredential;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.key.KeepAliveListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which credentials of an account a key holds before another is written: a discoverable credential
 * replaces the one of the same account (CTAP 2.1, section 6.1.2, step 17), so one that a user uses
 * must be seen first.
 */
@ApplicationScoped
class HeldCredentials {

  private static final Interaction SILENT =
      new Interaction(Duration.ofSeconds(30), KeepAliveListener.NONE);
  private static final Set<CtapStatus> NONE =
      Set.of(CtapStatus.NO_CREDENTIALS, CtapStatus.INVALID_CREDENTIAL);

  @Inject Passkeys passkeys;
  @Inject LeftoverCredentials leftovers;

  /**
   * What is asked of a key, and what is known of the account at the identity provider.
   *
   * @param keyId the key in the inventory
   */
  record Question(
      OpenKey key, long keyId, CredentialCreationOptions options, PresentFactors factors) {}

  /**
   * Judges whether a key may write.
   *
   * @param held the credentials of the account on the key; empty if it does not tell
   * @throws ProblemException {@code CONFLICT} if one of them is in use, or may be
   */
  void check(Question question, Optional<List<Bytes>> held) {
    if (held.isEmpty() && !question.factors.complete()) {
      throw ProblemException.conflict(EnrolmentMessage.KEY_CANNOT_TELL);
    }
    if (!held.orElse(List.of()).stream().allMatch(each -> mayBeReplaced(question, each))) {
      throw inUse(question.factors.complete());
    }
  }

  private boolean mayBeReplaced(Question question, Bytes credential) {
    if (question.factors.inUse().contains(credential)) {
      return false;
    }
    Bytes handle = question.options.user().id();
    String rpId = question.options.relyingParty().id();
    return leftovers.on(question.keyId, rpId).stream()
            .anyMatch(each -> each.matches(handle, credential))
        || passkeys.mayBeReplaced(credential)
        || question.factors.excludeUse(credential) && passkeys.holding(credential).isEmpty();
  }

  private static ProblemException inUse(boolean known) {
    return known
        ? ProblemException.conflict(EnrolmentMessage.KEY_HOLDS_PASSKEY)
        : ProblemException.conflict(EnrolmentMessage.KEY_MAY_HOLD_PASSKEY);
  }

  /**
   * The credentials of the account on a key, found without a touch.
   *
   * @param token with {@code ga} for the relying party
   * @return empty if the key does not answer such a question
   */
  static Optional<List<Bytes>> signing(Question question, PinUvAuthToken token) {
    CredentialCreationOptions options = question.options;
    Bytes noClientData = Bytes.of(new byte[32]);
    AssertionRequest request =
        AssertionRequest.of(options.relyingParty().id(), noClientData).silent().verifiedBy(token);
    try {
      return Optional.of(
          question.key.client().getAssertions(request, SILENT).stream()
              .filter(each -> each.userHandle().filter(options.user().id()::equals).isPresent())
              .map(Assertion::credentialId)
              .toList());
    } catch (CtapException e) {
      return NONE.contains(e.status()) ? Optional.of(List.of()) : Optional.empty();
    }
  }

  /**
   * The same from the list of a key that does not answer without a touch. A token that was had
   * before is worth nothing any more: keys have one at a time.
   *
   * @return empty if the key cannot list either
   */
  static Optional<List<Bytes>> listed(Question question) {
    OpenKey key = question.key;
    CredentialCreationOptions options = question.options;
    if (!key.info().supportsCredentialManagement()) {
      return Optional.empty();
    }
    Bytes rpIdHash = Bytes.of(options.relyingParty().id().getBytes(UTF_8)).sha256();
    try (PinUvAuthToken token = key.token(null, Permission.CREDENTIAL_MANAGEMENT)) {
      return Optional.of(
          key.client().credentialManagement(token).credentials(rpIdHash).stream()
              .filter(each -> each.userHandle().equals(options.user().id()))
              .map(StoredCredential::id)
              .toList());
    } catch (CtapException e) {
      return Optional.empty();
    }
  }
}
