package dev.keysmith.okta;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.RegistrationTicket;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of registrations share: an org on loopback, and what it says. */
abstract class RegistrationTests {

  static final String USER = "00u15s1KDETTQMQYABRL";
  static final String FACTOR = "fwf2rovRxogXJ0nDy0g4";
  static final String ENROL = "POST /api/v1/users/" + USER + "/factors";
  static final String LIST = "GET /api/v1/users/" + USER + "/factors";
  static final String ONE = " /api/v1/users/" + USER + "/factors/" + FACTOR;
  static final String ACTIVATE = "POST" + ONE + "/lifecycle/activate";
  static final String CHALLENGE = "cdsZ1V10E0BGE4GcG3IK";
  static final Bytes CREDENTIAL = Bytes.fromHex("fbff0102030405060708090a0b0c0d0e");
  static final RegistrationTicket TICKET = new RegistrationTicket(USER, FACTOR);
  static final AuthenticatorAttestationResponse RESPONSE =
      Attestations.of(CREDENTIAL, "{\"type\":\"webauthn.create\",\"challenge\":\">>>???\"}");

  LoopbackOrg org;
  IdentityProvider okta;

  @BeforeEach
  void start() throws IOException {
    org = new LoopbackOrg();
    okta = org.provider();
  }

  @AfterEach
  void stop() {
    okta.close();
    org.close();
  }

  static String enrolled(String activation) {
    return """
        {"id":"%s","factorType":"webauthn","provider":"FIDO","vendorName":"FIDO",
         "status":"PENDING_ACTIVATION","created":"2026-11-01T11:59:59.000Z","inventedField":{"a":1},
         "_links":{"self":{"href":"x"}},"_embedded":{"activation":%s}}"""
        .formatted(FACTOR, activation);
  }

  static String activation(String rp) {
    return """
        {"attestation":"direct","challenge":"%s","excludeCredentials":[],"u2fParams":{"appid":"x"},
         "authenticatorSelection":{"userVerification":"preferred","requireResidentKey":false},
         "pubKeyCredParams":[{"type":"public-key","alg":-7},{"type":"public-key","alg":-257}],
         "rp":%s,"user":{"displayName":"Ann Example","name":"ann@example.org","id":"%s"}}"""
        .formatted(CHALLENGE, rp, USER);
  }

  /** Begun this long ago by the clock of the org, which is the real one. */
  static String pendingSince(Duration age) {
    String created = Clock.systemUTC().instant().minus(age).toString();
    return PENDING.replace("2026-11-01T11:59:00.000Z", created);
  }

  static String factor(String status, String profile) {
    return """
        {"id":"%s","factorType":"webauthn","provider":"FIDO","status":"%s",
         "created":"2026-11-01T11:59:00.000Z","profile":%s}"""
        .formatted(FACTOR, status, profile);
  }

  static String active() {
    return factor(
        "ACTIVE",
        "{\"credentialId\":\"%s\",\"authenticatorName\":\"YubiKey 5\",\"transports\":\"usb,nfc\"}"
            .formatted(CREDENTIAL.toBase64Url()));
  }

  static final String PENDING = factor("PENDING_ACTIVATION", "{}");

  CredentialCreationOptions begin(String activation) {
    org.on(ENROL, enrolled(activation));
    return okta.beginRegistration(USER).options();
  }
}
