package dev.keysmith.core.webauthn;

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
import dev.keysmith.core.ctap.AuthenticatorInfo;
import dev.keysmith.core.ctap.MadeCredential;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.PendingRegistration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Verifies what a key answered before it is handed in, with the steps of a relying party (WebAuthn
 * Level 3, section 7.1): a key is untrusted input, and a mistake found here names its cause where
 * the identity provider says only "rejected". Whether to trust the maker of the key is the identity
 * provider's to decide, so certificate paths are not judged.
 */
public final class AttestationCheck {

  private static final WebAuthnRegistrationManager MANAGER =
      new WebAuthnRegistrationManager(
          List.of(
              new PackedAttestationStatementVerifier(),
              new FIDOU2FAttestationStatementVerifier(),
              new NoneAttestationStatementVerifier()),
          new NullCertPathTrustworthinessVerifier(),
          new NullSelfAttestationTrustworthinessVerifier());

  private static final UUID NO_MODEL = new UUID(0, 0);

  private AttestationCheck() {}

  /**
   * Verifies challenge, origin, RP ID, flags, algorithm and signature.
   *
   * @throws ProblemException {@code INVALID} with what is wrong
   */
  public static void verify(
      PendingRegistration registration, AuthenticatorAttestationResponse response) {
    RegistrationRequest request =
        new RegistrationRequest(
            response.attestationObject().toArray(), response.clientDataJson().toArray());
    RegistrationParameters parameters = parameters(registration);
    try {
      MANAGER.verify(request, parameters);
    } catch (RuntimeException e) {
      // Beside its own exceptions the library lets those of its parsers through, of any kind.
      // A message can quote the challenge, so only the kind of failure is passed on.
      throw ProblemException.invalid(WebAuthnMessage.NOT_VERIFIED, e.getClass().getSimpleName());
    }
  }

  /**
   * Verifies that the credential is of the model that the key says to be, and that it has verified
   * its user.
   *
   * <p>A key without an attestation of its own may leave the model out, as clients do where a
   * relying party wants none (WebAuthn Level 3, section 5.1.3): such a key proves nothing, and is
   * not accepted where only certain models may be used. Nor is one that attests itself, because
   * what it says of its model is its own word.
   *
   * @param models that may be used; empty if all may
   * @throws ProblemException {@code INVALID} with what is wrong
   */
  public static void model(AuthenticatorInfo said, MadeCredential made, Set<UUID> models) {
    if (!made.authenticatorData().userVerified()) {
      throw ProblemException.invalid(WebAuthnMessage.USER_NOT_VERIFIED);
    }
    UUID attested = made.credential().aaguid();
    boolean leftOut = attested.equals(NO_MODEL) && made.format().equals("none");
    if (!attested.equals(said.aaguid()) && !leftOut) {
      throw ProblemException.invalid(WebAuthnMessage.ANOTHER_AAGUID, said.aaguid(), attested);
    }
    if (!models.isEmpty() && !(models.contains(attested) && made.isCertified())) {
      throw ProblemException.invalid(WebAuthnMessage.MODEL_UNPROVED);
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
    return new RegistrationParameters(server, algorithms, true, true);
  }
}
