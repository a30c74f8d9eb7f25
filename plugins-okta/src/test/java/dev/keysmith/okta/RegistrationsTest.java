package dev.keysmith.okta;

import static dev.keysmith.okta.Assertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keysmith.okta.LoopbackOrg.Reply;
import dev.keysmith.okta.factor.CreationOptions;
import dev.keysmith.okta.http.Org;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.CredentialCreationOptions.Attestation;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.spi.idp.PendingRegistration;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationsTest extends RegistrationTests {

  @Test
  void asksForCreationOptionsAndPassesThemOn() throws IOException {
    org.on(ENROL, enrolled(activation("{\"name\":\"Rain-Cloud59\"}")));
    PendingRegistration pending = okta.beginRegistration(USER);
    assertThat(pending.ticket()).isEqualTo(TICKET);
    assertThat(pending.origin()).isEqualTo(org.origin());
    assertThat(pending.expiresAt()).isEmpty();
    CredentialCreationOptions options = pending.options();
    assertThat(options.challenge()).isEqualTo(CHALLENGE);
    assertThat(options.relyingParty().id()).isEqualTo("localhost");
    assertThat(options.relyingParty().name()).isEqualTo("Rain-Cloud59");
    assertThat(options.user().id()).isEqualTo(Bytes.fromBase64Url(USER));
    assertThat(options.user().id().length()).isEqualTo(15);
    assertThat(options.user().name()).isEqualTo("ann@example.org");
    assertThat(options.algorithms()).containsExactly(-7, -257);
    assertThat(options.attestation()).isEqualTo(Attestation.DIRECT);
    assertThat(options.userVerification()).isEqualTo(Requirement.PREFERRED);
    assertThat(options.residentKey()).isEqualTo(Requirement.PREFERRED);
    JsonNode body = new ObjectMapper().readTree(org.received(ENROL).get(0).body());
    assertThat(body)
        .isEqualTo(
            new ObjectMapper().readTree("{\"factorType\":\"webauthn\",\"provider\":\"FIDO\"}"));
  }

  @Test
  void readsWhatNewerOrgsAsk() {
    String activation =
        """
        {"challenge":"AVun-poGmJKZOAT0r-KBSs-94BPqMf3j","hints":["security-key"],
         "excludeCredentials":[{"type":"public-key","id":"-_8B","transports":["usb"]}],
         "authenticatorSelection":{"userVerification":"required","residentKey":"required"},
         "pubKeyCredParams":[],"rp":{"id":"Example.COM"},"user":{"id":"%s"}}"""
            .formatted(USER);
    CredentialCreationOptions options = begin(activation);
    assertThat(options.relyingParty().id()).isEqualTo("example.com");
    assertThat(options.excludeCredentials())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.id()).isEqualTo(Bytes.fromHex("fbff01"));
              assertThat(each.transports()).isEqualTo(List.of("usb"));
            });
    assertThat(options.residentKey()).isEqualTo(Requirement.REQUIRED);
    assertThat(options.userVerification()).isEqualTo(Requirement.REQUIRED);
    assertThat(options.algorithms()).containsExactly(-7, -257);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.okta.com, example.okta.com, https://example.okta.com",
    "https://login.example.com, example.com, https://login.example.com",
    "https://login.example.com:8443, login.example.com, https://login.example.com:8443",
    "https://example.okta.com, login.example.com, https://login.example.com",
    "https://notexample.com, example.com, https://example.com"
  })
  void keepsTheOriginWithinTheRpId(String address, String rpId, String origin) {
    assertThat(CreationOptions.origin(rpId, Org.at(URI.create(address)))).isEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"challenge\":\"abc\",\"user\":{\"id\":\"!!\"}}",
        "{\"challenge\":\"\",\"user\":{\"id\":\"00u1\"}}",
        "{\"challenge\":\"abc\",\"user\":{\"id\":\"\"}}",
        "{\"challenge\":\"abc\",\"user\":{\"id\":\"00u1\"},\"excludeCredentials\":[{\"id\":\"!\"}]}",
        "{\"challenge\":\"abc\",\"user\":{\"id\":\"00u1\"},\"excludeCredentials\":{\"id\":\"abcd\"}}",
        "{\"challenge\":\"abc\",\"user\":{\"id\":\"00u1\"},\"rp\":{\"id\":[\"example.com\"]}}",
        "{\"challenge\":\"abc\",\"user\":{\"id\":\"00u1\"},\"attestation\":{}}",
        "{\"challenge\":null,\"user\":{\"id\":\"00u1\"}}",
        "{\"challenge\":\"abcd\",\"user\":{\"id\":null}}"
      })
  void removesThePendingFactorIfItsOptionsCannotBeUnderstood(String activation) {
    org.on(ENROL, enrolled(activation)).on("DELETE" + ONE, new Reply(204, "", Map.of()));
    assertFails(() -> okta.beginRegistration(USER), Reason.UNAVAILABLE)
        .hasMessageContaining("could not be understood");
    assertThat(org.received("DELETE" + ONE)).hasSize(1);
  }

  @Test
  void neverWritesNullOnAKey() {
    CredentialCreationOptions options =
        begin(
            """
            {"challenge":"cdsZ1V10E0BGE4GcG3IK","rp":{"id":null,"name":null},"attestation":null,
             "user":{"id":"%s","name":null,"displayName":null},"pubKeyCredParams":null,
             "excludeCredentials":null,"authenticatorSelection":null}"""
                .formatted(USER));
    assertThat(options.relyingParty().id()).isEqualTo("localhost");
    assertThat(options.relyingParty().name()).isEmpty();
    assertThat(options.user().name()).isEmpty();
    assertThat(options.user().displayName()).isEmpty();
    assertThat(options.excludeCredentials()).isEmpty();
    assertThat(options.algorithms()).containsExactly(-7, -257);
    assertThat(options.attestation()).isEqualTo(Attestation.NONE);
  }

  @Test
  void takesAnActivationForSuccessWhoseCredentialIdIsNull() {
    org.on(ACTIVATE, factor("ACTIVE", "{\"credentialId\":null,\"authenticatorName\":null}"));
    Factor factor = okta.completeRegistration(TICKET, RESPONSE);
    assertThat(factor.credentialId()).contains(CREDENTIAL);
    assertThat(factor.label()).isEmpty();
  }

  @Test
  void waitsWithAnActivationForAUserWhomOktaStillActivates() {
    org.on(ACTIVATE, Reply.error(409, "E0000112", "They are still being activated."));
    assertFails(() -> okta.completeRegistration(TICKET, RESPONSE), Reason.RATE_LIMITED)
        .hasMessageContaining("tried again");
    assertThat(org.received(ACTIVATE)).hasSize(1);
  }

  @Test
  void doesNotTakeWhatIsNoFactorForAFactorThatIsGone() {
    org.on(ACTIVATE, Reply.none()).on("GET" + ONE, "{\"id\":null}");
    assertFails(() -> okta.completeRegistration(TICKET, RESPONSE), Reason.TIMED_OUT);
    assertFails(() -> okta.cancelRegistration(TICKET), Reason.UNAVAILABLE);
  }

  @Test
  void saysWhyOktaAllowsNoPasskey() {
    org.on(
        ENROL,
        Reply.json(
            400,
            """
            {"errorCode":"E0000001","errorSummary":"Api validation failed: factorEnrollRequest",
             "errorLink":"E0000001","errorId":"oaeXyz1",
             "errorCauses":[{"errorSummary":"Factor not allowed for the user based on the Multifactor policy."}]}"""));
    assertFails(() -> okta.beginRegistration(USER), Reason.REJECTED)
        .hasMessageContainingAll(
            "factorEnrollRequest", "Multifactor policy", "oaeXyz1", "enrollment policy");
  }

  @Test
  void saysThatThereIsNoSuchUser() {
    assertFails(() -> okta.beginRegistration(USER), Reason.NOT_FOUND);
    assertFails(() -> okta.listFactors(USER), Reason.NOT_FOUND);
    assertFails(() -> okta.beginRegistration("../groups"), Reason.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void neverRepeatsAnEnrolment(int status) {
    org.on(ENROL, Reply.error(status, "E0000009", "Internal Server Error"));
    assertFails(
        () -> okta.beginRegistration(USER),
        status == 429 ? Reason.RATE_LIMITED : Reason.UNAVAILABLE);
    assertThat(org.received(ENROL)).hasSize(1);
  }

  @Test
  void saysThatAnEnrolmentWhoseAnswerBreaksOffMayHaveTakenEffect() {
    org.on(ENROL, enrolled(activation("{}")).substring(0, 100));
    assertFails(() -> okta.beginRegistration(USER), Reason.UNAVAILABLE)
        .hasMessageContaining("breaks off");
  }

  @Test
  void sendsAnEnrolmentOnceWhoseAnswerIsLost() {
    org.on(ENROL, Reply.none());
    assertFails(() -> okta.beginRegistration(USER), Reason.TIMED_OUT)
        .hasMessageContaining("unknown");
    assertThat(org.received(ENROL)).hasSize(1);
  }

  @Test
  void sendsAnEnrolmentOnceOnAConnectionThatTheOrgHasClosedMeanwhile() {
    org.on("GET /api/v1/groups", Reply.json(200, "[]").with("Connection", "close"))
        .on(ENROL, enrolled(activation("{}")));
    okta.groups("", 1);
    assertThat(okta.beginRegistration(USER).ticket()).isEqualTo(TICKET);
    assertThat(org.received(ENROL)).hasSize(1);
  }

  @Test
  void handsInTheAttestationInStandardBase64() throws IOException {
    org.on(ACTIVATE, active());
    Factor factor = okta.completeRegistration(TICKET, RESPONSE);
    assertThat(factor)
        .isEqualTo(
            new Factor(
                FACTOR,
                Factor.Status.ACTIVE,
                Optional.of(CREDENTIAL),
                Optional.of("YubiKey 5"),
                Optional.of(Instant.parse("2026-11-01T11:59:00Z"))));
    JsonNode body = new ObjectMapper().readTree(org.received(ACTIVATE).get(0).body());
    assertThat(body.path("attestation").asText())
        .isEqualTo(RESPONSE.attestationObject().toBase64());
    assertThat(body.path("clientData").asText())
        .isEqualTo(RESPONSE.clientDataJson().toBase64())
        .contains("Pj4+Pz8/");
    assertThat(body.size()).isEqualTo(2);
  }

  @Test
  void returnsTheFactorIfItWasActivatedBefore() {
    org.on(ACTIVATE, Reply.error(403, "E0000068", "Invalid Passcode/Answer"))
        .on("GET" + ONE, active());
    assertThat(okta.completeRegistration(TICKET, RESPONSE).status())
        .isEqualTo(Factor.Status.ACTIVE);
  }

  @Test
  void recognisesACredentialIdInStandardBase64() {
    String profile = "{\"credentialId\":\"" + CREDENTIAL.toBase64() + "\"}";
    org.on(ACTIVATE, factor("ACTIVE", profile));
    assertThat(okta.completeRegistration(TICKET, RESPONSE).credentialId()).contains(CREDENTIAL);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500, 503})
  void findsOutWhatBecameOfAnActivationThatWasNotAnswered(int status) {
    org.on(ACTIVATE, status == 0 ? Reply.none() : Reply.error(status, "E0000009", "Oops"))
        .on("GET" + ONE, active());
    assertThat(okta.completeRegistration(TICKET, RESPONSE).status())
        .isEqualTo(Factor.Status.ACTIVE);
    assertThat(org.received(ACTIVATE)).hasSize(1);
  }

  @Test
  void saysThatNoAnswerCameIfTheFactorIsStillPending() {
    org.on(ACTIVATE, Reply.none()).on("GET" + ONE, PENDING);
    assertFails(() -> okta.completeRegistration(TICKET, RESPONSE), Reason.TIMED_OUT);
    assertThat(org.received(ACTIVATE)).hasSize(1);
  }

  @Test
  void saysWhatOktaDoesNotAcceptAboutTheResponse() {
    org.on(ACTIVATE, Reply.error(403, "E0000068", "Invalid Passcode/Answer"))
        .on("GET" + ONE, pendingSince(Duration.ZERO));
    assertFails(() -> okta.completeRegistration(TICKET, RESPONSE), Reason.REJECTED)
        .hasMessageContainingAll("E0000068", "Invalid Passcode/Answer", "origin");
  }

  @Test
  void takesARefusalAfterFiveMinutesForAnExpiredChallenge() {
    org.on(ACTIVATE, Reply.error(403, "E0000068", "Invalid Passcode/Answer"))
        .on("GET" + ONE, pendingSince(Duration.ofMinutes(6)));
    assertFails(() -> okta.completeRegistration(TICKET, RESPONSE), Reason.EXPIRED);
  }

  @Test
  void tellsTheAgeOfAChallengeByTheClockOfTheOrg() {
    org.clock.advance(Duration.ofDays(100_000));
    org.on(ACTIVATE, Reply.error(403, "E0000068", "Invalid Passcode/Answer"))
        .on("GET" + ONE, pendingSince(Duration.ofMinutes(1)));
    assertFails(() -> okta.completeRegistration(TICKET, RESPONSE), Reason.REJECTED);
  }

  @Test
  void saysThatTheTicketHasExpiredIfTheFactorIsGone() {
    assertFails(() -> okta.completeRegistration(TICKET, RESPONSE), Reason.EXPIRED)
        .hasMessageContaining("Begin again");
  }

  @Test
  void doesNotTakeAnAnswerForSuccessThatDoesNotSayActive() {
    org.on(ACTIVATE, PENDING).on("GET" + ONE, PENDING);
    assertFails(() -> okta.completeRegistration(TICKET, RESPONSE), Reason.UNAVAILABLE)
        .hasMessageContaining("not active");
  }

  @Test
  void doesNotTakeAFactorWithAnotherCredentialForThisOne() {
    org.on(ACTIVATE, Reply.error(403, "E0000068", "Invalid Passcode/Answer"))
        .on("GET" + ONE, factor("ACTIVE", "{\"credentialId\":\"AQID\"}"));
    assertFails(() -> okta.completeRegistration(TICKET, RESPONSE), Reason.REJECTED);
  }

  @Test
  void refusesWhatIsNoAttestationObjectWithoutAskingOkta() {
    var nonsense =
        new AuthenticatorAttestationResponse(Bytes.of(), Bytes.fromHex("a10102"), List.of());
    assertFails(() -> okta.completeRegistration(TICKET, nonsense), Reason.REJECTED);
    assertThat(org.received()).isEmpty();
  }
}
