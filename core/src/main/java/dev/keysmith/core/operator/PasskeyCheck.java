package dev.keysmith.core.operator;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Verifies what browsers answer in the ceremonies of operators, with the steps of a relying party
 * (WebAuthn Level 3, sections 7.1 and 7.2). User verification is required; attestation is not asked
 * for, so operators may sign in with any authenticator that they have.
 */
final class PasskeyCheck {

  /** EdDSA, ES256, RS256: what {@link #algorithms} names too. */
  private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
      List.of(
          COSEAlgorithmIdentifier.EdDSA,
          COSEAlgorithmIdentifier.ES256,
          COSEAlgorithmIdentifier.RS256);

  private static final ObjectConverter CONVERTER = new ObjectConverter();
  private static final WebAuthnManager MANAGER =
      WebAuthnManager.createNonStrictWebAuthnManager(CONVERTER);
  private static final AttestedCredentialDataConverter ATTESTED =
      new AttestedCredentialDataConverter(CONVERTER);

  private PasskeyCheck() {}

  /** A verified answer to a request for an assertion. */
  record Assertion(long counter, boolean backedUp) {}

  /** The algorithms to offer, the best first. */
  static List<Long> algorithms() {
    return ALGORITHMS.stream().map(COSEAlgorithmIdentifier::getValue).toList();
  }

  /**
   * Verifies a new credential.
   *
   * @param json {@code PublicKeyCredential.toJSON()}
   */
  static NewCredential registration(Ceremony ceremony, String json) {
    return untrusted(
        () -> {
          RegistrationData data =
              MANAGER.verifyRegistrationResponseJSON(
                  json,
                  new RegistrationParameters(
                      server(ceremony),
                      ALGORITHMS.stream()
                          .map(
                              algorithm ->
                                  new PublicKeyCredentialParameters(
                                      PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                          .toList(),
                      true,
                      true));
          return credential(ceremony, data);
        });
  }

  private static NewCredential credential(Ceremony ceremony, RegistrationData data) {
    AuthenticatorData<?> made = data.getAttestationObject().getAuthenticatorData();
    AttestedCredentialData attested = made.getAttestedCredentialData();
    Set<AuthenticatorTransport> transports =
        Optional.ofNullable(data.getTransports()).orElse(Set.of());
    return new NewCredential(
        ceremony.rpId(),
        Bytes.of(attested.getCredentialId()),
        Bytes.of(ATTESTED.convert(attested)),
        transports.stream()
            .map(AuthenticatorTransport::getValue)
            .filter(transport -> transport.matches("[a-z-]{1,20}"))
            .sorted()
            .limit(6)
            .toList(),
        made.getSignCount(),
        made.isFlagBE(),
        made.isFlagBS());
  }

  /** The credential that an answer claims to be of, and the user handle; nothing is verified. */
  static Claim claim(String json) {
    return untrusted(
        () -> {
          AuthenticationData data = MANAGER.parseAuthenticationResponseJSON(json);
          byte[] handle = data.getUserHandle();
          return new Claim(
              Bytes.of(data.getCredentialId()), handle == null ? Bytes.empty() : Bytes.of(handle));
        });
  }

  /** What an answer says of itself. */
  record Claim(Bytes credentialId, Bytes userHandle) {}

  /** Verifies an assertion by a known credential. */
  static Assertion assertion(Ceremony ceremony, OperatorPasskey passkey, String json) {
    CredentialRecordImpl known =
        new CredentialRecordImpl(
            new NoneAttestationStatement(),
            true,
            passkey.backupEligible(),
            passkey.backedUp(),
            passkey.signatureCounter(),
            ATTESTED.convert(passkey.attestedData().toArray()),
            null,
            null,
            null,
            passkey.transports().stream()
                .map(AuthenticatorTransport::create)
                .collect(Collectors.toSet()));
    return untrusted(
        () -> {
          AuthenticationData data =
              MANAGER.verifyAuthenticationResponseJSON(
                  json, new AuthenticationParameters(server(ceremony), known, null, true, true));
          AuthenticatorData<?> now = data.getAuthenticatorData();
          // Level 3, section 7.2, step 19: the answer's BE must be the credential's.
          if (now.isFlagBE() != passkey.backupEligible()) {
            throw new IllegalArgumentException("BE changed");
          }
          return new Assertion(now.getSignCount(), now.isFlagBS());
        });
  }

  private static ServerProperty server(Ceremony ceremony) {
    return ServerProperty.builder()
        .origin(new Origin(ceremony.origin()))
        .rpId(ceremony.rpId())
        .challenge(new DefaultChallenge(ceremony.challenge().toArray()))
        .build();
  }

  /**
   * Runs what reads the answer of a browser. Anybody can send one, and the library meets nonsense
   * with exceptions of many kinds: each of them means that the answer does not verify.
   */
  private static <T> T untrusted(Supplier<T> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  /** The library's message can quote the challenge, so only the kind of failure is passed on. */
  private static ProblemException refused(RuntimeException e) {
    return ProblemException.invalid(
        OperatorMessage.PASSKEY_NOT_VERIFIED, e.getClass().getSimpleName());
  }
}
