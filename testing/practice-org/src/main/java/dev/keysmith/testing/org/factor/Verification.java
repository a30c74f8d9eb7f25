package dev.keysmith.testing.org.factor;

import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.StartAssertionOptions;
import com.yubico.webauthn.data.AuthenticatorAttestationResponse;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.ClientRegistrationExtensionOutputs;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.PublicKeyCredentialParameters;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.exception.Base64UrlException;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.RegistrationFailedException;
import dev.keysmith.testing.org.directory.Directory;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.testing.org.factor.OrgFactor.Passkey;
import dev.keysmith.testing.org.http.OktaError;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks what security keys make, to the letter of WebAuthn Level 3, sections 7.1 and 7.2, with a
 * library that Keysmith itself does not use.
 */
public final class Verification {

  private final RelyingParty relyingParty;
  private final FactorPolicy policy;

  /** For an org at this origin, which is the only one that client data may name. */
  public Verification(String origin, FactorPolicy policy, Directory directory, Factors factors) {
    this.policy = policy;
    this.relyingParty =
        RelyingParty.builder()
            .identity(
                RelyingPartyIdentity.builder()
                    .id(policy.rpId().orElse("localhost"))
                    .name(policy.orgName())
                    .build())
            .credentialRepository(new Passkeys(directory, factors))
            .origins(Set.of(origin))
            // As an org does that trusts any maker: the signature must hold, the chain need not.
            .allowUntrustedAttestation(true)
            .validateSignatureCounter(true)
            .build();
  }

  /** The passkey that a response proves, or the error that Okta answers. */
  public Passkey register(OrgUser user, OrgFactor factor, byte[] attestation, byte[] clientData) {
    try {
      RegistrationResult result =
          relyingParty.finishRegistration(
              FinishRegistrationOptions.builder()
                  .request(options(user, factor))
                  .response(credential(attestation, clientData))
                  .build());
      return new Passkey(
          result.getKeyId().getId(),
          result.getPublicKeyCose(),
          result.getSignatureCount(),
          result.getAaguid().getHex());
    } catch (RegistrationFailedException | IOException | Base64UrlException e) {
      throw refused(e);
    } catch (IllegalArgumentException e) {
      // What cannot be parsed at all.
      throw refused(e);
    }
  }

  private static OktaError refused(Exception reason) {
    OktaError error = OktaError.invalidPasscode();
    error.initCause(reason);
    return error;
  }

  /** What the library found wrong, from within the exceptions that it wraps. */
  public static String reason(Throwable refusal) {
    return refusal.getCause() == null
        ? String.valueOf(refusal.getMessage())
        : reason(refusal.getCause());
  }

  private PublicKeyCredentialCreationOptions options(OrgUser user, OrgFactor factor) {
    return PublicKeyCredentialCreationOptions.builder()
        .rp(relyingParty.getIdentity())
        .user(
            UserIdentity.builder()
                .name(user.login())
                .displayName(user.displayName())
                .id(Passkeys.handle(user.id()))
                .build())
        .challenge(factor.challenge())
        .pubKeyCredParams(
            List.of(PublicKeyCredentialParameters.ES256, PublicKeyCredentialParameters.RS256))
        .authenticatorSelection(
            AuthenticatorSelectionCriteria.builder()
                .userVerification(policy.userVerification())
                .build())
        .build();
  }

  private static PublicKeyCredential<
          AuthenticatorAttestationResponse, ClientRegistrationExtensionOutputs>
      credential(byte[] attestation, byte[] clientData) throws IOException, Base64UrlException {
    AuthenticatorAttestationResponse response =
        AuthenticatorAttestationResponse.builder()
            .attestationObject(new ByteArray(attestation))
            .clientDataJSON(new ByteArray(clientData))
            .build();
    ByteArray id =
        response
            .getParsedAuthenticatorData()
            .getAttestedCredentialData()
            .orElseThrow(() -> new IllegalArgumentException("No attested credential data"))
            .getCredentialId();
    return PublicKeyCredential
        .<AuthenticatorAttestationResponse, ClientRegistrationExtensionOutputs>builder()
        .id(id)
        .response(response)
        .clientExtensionResults(ClientRegistrationExtensionOutputs.builder().build())
        .build();
  }

  /** Begins a sign-in, of one user or of any user with a discoverable credential. */
  public AssertionRequest begin(Optional<String> login) {
    return relyingParty.startAssertion(
        StartAssertionOptions.builder()
            .username(login)
            .userVerification(policy.userVerification())
            .build());
  }

  /**
   * Ends a sign-in.
   *
   * @throws AssertionFailedException with the reason if the assertion does not prove what it must
   * @throws IOException if it cannot be read
   */
  public AssertionResult finish(AssertionRequest request, String credentialJson)
      throws AssertionFailedException, IOException {
    return relyingParty.finishAssertion(
        FinishAssertionOptions.builder()
            .request(request)
            .response(PublicKeyCredential.parseAssertionResponseJson(credentialJson))
            .build());
  }
}
