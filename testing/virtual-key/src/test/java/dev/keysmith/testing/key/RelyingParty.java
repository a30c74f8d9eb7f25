package dev.keysmith.testing.key;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.anchor.TrustAnchorRepository;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** https://example.org, which believes nothing but what webauthn4j has verified. */
final class RelyingParty {

  private final ServerProperty server =
      ServerProperty.builder()
          .origin(new Origin("https://example.org"))
          .rpId("example.org")
          .challenge(new DefaultChallenge("MDEyMzQ1Njc4OWFiY2RlZg"))
          .build();
  private final WebAuthnManager webAuthn;

  RelyingParty(X509Certificate root) {
    Set<TrustAnchor> anchors = Set.of(new TrustAnchor(root, null));
    TrustAnchorRepository repository =
        new TrustAnchorRepository() {
          @Override
          public Set<TrustAnchor> find(AAGUID aaguid) {
            return anchors;
          }

          @Override
          public Set<TrustAnchor> find(byte[] attestationCertificateKeyIdentifier) {
            return anchors;
          }
        };
    webAuthn =
        new WebAuthnManager(
            List.of(new PackedAttestationStatementVerifier()),
            new DefaultCertPathTrustworthinessVerifier(repository),
            new DefaultSelfAttestationTrustworthinessVerifier(false));
  }

  RegistrationData verifyCreation(Platform.Response made, boolean userVerified) {
    CBORObject attestation =
        CBORObject.NewMap()
            .Add("fmt", made.get(1))
            .Add("authData", made.get(2))
            .Add("attStmt", made.get(3));
    byte[] encoded = attestation.EncodeToBytes(new CBOREncodeOptions("ctap2canonical=true"));
    return webAuthn.verify(
        new RegistrationRequest(encoded, Platform.CREATE_JSON),
        new RegistrationParameters(server, null, userVerified, true));
  }

  AuthenticationData verifyAssertion(
      RegistrationData registered, Platform.Response asserted, boolean userVerified) {
    CredentialRecordImpl record =
        new CredentialRecordImpl(
            Objects.requireNonNull(registered.getAttestationObject()),
            registered.getCollectedClientData(),
            registered.getClientExtensions(),
            registered.getTransports());
    return webAuthn.verify(
        new AuthenticationRequest(
            asserted.get(1).get("id").GetByteString(),
            asserted.bytes(2),
            Platform.GET_JSON,
            asserted.bytes(3)),
        new AuthenticationParameters(server, record, null, userVerified, true));
  }
}
