package dev.keysmith.core.passkey;

import com.webauthn4j.WebAuthnRegistrationManager;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.NullSelfAttestationTrustworthinessVerifier;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import dev.keysmith.spi.idp.PendingRegistration;
import java.util.List;

/**
 * Verifies what a key answered before it is handed in, with the steps of a relying party (WebAuthn
 * Level 3, section 7.1): a key is untrusted input, and a mistake found here names its cause where
 * the identity provider says only "rejected". Whether to trust the maker of the key is the identity
 * provider's to decide, so certificate paths are not judged.
 */
final class AttestationCheck {

  private static final WebAuthnRegistrationManager MANAGER =
      new WebAuthnRegistrationManager(
          List.of(
              new PackedAttestationStatementVerifier(),
              new FIDOU2FAttestationStatementVerifier(),
              new NoneAttestationStatementVerifier()),
          new NullCertPathTrustworthinessVerifier(),
          new NullSelfAttestationTrustworthinessVerifier());

  private AttestationCheck() {}

  /**
   * Verifies challenge, origin, RP ID, flags, algorithm and signature.
   *
   * @throws ProblemException {@code INVALID} with what is wrong
   */
  static void verify(PendingRegistration registration, AuthenticatorAttestationResponse response) {
    RegistrationRequest request =
        new RegistrationRequest(
            response.attestationObject().toArray(), response.clientDataJson().toArray());
    RegistrationParameters parameters = parameters(registration);
    try {
      MANAGER.verify(request, parameters);
    } catch (RuntimeException e) {
      // Beside its own exceptions the library lets those of its parsers through, of any kind.
      // A message can quote the challenge, so only the kind of failure is passed on.
      throw ProblemException.invalid(
          "key.attestation",
          "The security key answered, but its answer does not verify ("
              + e.getClass().getSimpleName()
              + "). Use another security key, and report this one.");
    }
  }

  private static RegistrationParameters parameters(PendingRegistration registration) {
    CredentialCreationOptions options = registration.options();
    ServerProperty server =
        ServerProperty.builder()
            .origin(new Origin(registration.origin()))
            .rpId(options.relyingParty().id())
            .challenge(new DefaultChallenge(options.challenge()))
            .build();
    List<PublicKeyCredentialParameters> algorithms =
        options.algorithms().stream()
            .map(COSEAlgorithmIdentifier::create)
            .map(id -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, id))
            .toList();
    boolean verified = options.userVerification() == Requirement.REQUIRED;
    return new RegistrationParameters(server, algorithms, verified, true);
  }
}
