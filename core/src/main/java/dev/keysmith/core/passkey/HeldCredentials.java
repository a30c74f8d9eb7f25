package dev.keysmith.core.passkey;

import dev.keysmith.core.ctap.Assertion;
import dev.keysmith.core.ctap.AssertionRequest;
import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.ctap.CtapStatus;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.key.KeepAliveListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which credentials of an account a key holds before another is written: a discoverable credential
 * replaces the one of the same account (CTAP 2.1, section 6.1.2, step 17), so one that somebody
 * uses must be seen first.
 */
@ApplicationScoped
class HeldCredentials {

  private static final Interaction SILENT =
      new Interaction(Duration.ofSeconds(30), KeepAliveListener.NONE);

  @Inject Passkeys passkeys;
  @Inject LeftoverCredentials leftovers;

  /**
   * The credentials of the account on the key, found without a touch.
   *
   * @param keyId the key in the inventory
   * @param token with {@code ga} for the relying party
   * @throws ProblemException {@code CONFLICT} if one of them is not Keysmith's to replace
   */
  List<Bytes> check(
      OpenKey key, long keyId, CredentialCreationOptions options, PinUvAuthToken token) {
    List<Bytes> held = held(key, options, token);
    List<LeftoverCredential> left = leftovers.on(keyId, options.relyingParty().id());
    Bytes handle = options.user().id();
    Predicate<Bytes> isLeftover =
        credential -> left.stream().anyMatch(each -> each.matches(handle, credential));
    if (!held.stream().allMatch(isLeftover.or(passkeys::mayBeReplaced))) {
      throw ProblemException.conflict(
          "key.holds-passkey",
          "This security key already holds a passkey of this user that is in use. Use another key,"
              + " or delete that passkey first: at the identity provider and on the key.");
    }
    return held;
  }

  private static List<Bytes> held(
      OpenKey key, CredentialCreationOptions options, PinUvAuthToken token) {
    Bytes noClientData = Bytes.of(new byte[32]);
    AssertionRequest request =
        AssertionRequest.of(options.relyingParty().id(), noClientData).silent().verifiedBy(token);
    try {
      return key.client().getAssertions(request, SILENT).stream()
          .filter(each -> each.userHandle().filter(options.user().id()::equals).isPresent())
          .map(Assertion::credentialId)
          .toList();
    } catch (CtapException e) {
      if (e.status() == CtapStatus.NO_CREDENTIALS) {
        return List.of();
      }
      throw e;
    }
  }
}
