package dev.keysmith.testing.org;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keysmith.spi.MovableClock;
import dev.keysmith.testing.org.Client.Reply;
import dev.keysmith.testing.org.directory.OrgUser.Status;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FactorsTest {

  private final MovableClock clock = new MovableClock();
  private final PracticeOrg org =
      PracticeOrg.builder().users(5).clock(clock).token("token").start();
  private final Client client = new Client(org, "SSWS token");
  private final String user = org.user(1).id();
  private final String factors = "/api/v1/users/" + user + "/factors";

  @AfterEach
  void close() {
    org.close();
  }

  private static void refused(Reply reply) {
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.errorCode()).isEqualTo("E0000068");
    assertThat(reply.cause())
        .isEqualTo("Your passcode doesn't match our records. Please try again.");
  }

  @Test
  void enrolsAPendingFactorWithTheOptionsForTheKey() {
    Reply reply = client.enrol(user);
    JsonNode activation = reply.body().at("/_embedded/activation");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("status").asText()).isEqualTo("PENDING_ACTIVATION");
    assertThat(activation.at("/user/id").asText()).isEqualTo(user);
    assertThat(activation.at("/user/name").asText()).isEqualTo(org.user(1).login());
    assertThat(activation.at("/rp").has("id")).isFalse();
    assertThat(activation.at("/pubKeyCredParams/0/alg").asInt()).isEqualTo(-7);
    assertThat(activation.at("/challenge").asText()).matches("[A-Za-z0-9_-]{32}");
    assertThat(client.get(factors).body()).hasSize(1);
  }

  @Test
  void activatesWithPackedAttestationInStandardBase64() throws Exception {
    Reply enrolled = client.enrol(user);
    SoftCredential credential = client.credentialFor(enrolled);

    Reply reply = client.activate(enrolled, credential);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("status").asText()).isEqualTo("ACTIVE");
    assertThat(reply.body().at("/profile/credentialId").asText())
        .isEqualTo(SoftCredential.url(credential.id));
    assertThat(client.get(factors + "/" + enrolled.body().path("id").asText()).body())
        .isEqualTo(reply.body());
  }

  @Test
  void activatesWithoutAttestationInBase64UrlToo() throws Exception {
    Reply enrolled = client.enrol(user);
    SoftCredential credential = client.credentialFor(enrolled);
    credential.packed = false;

    Reply reply = client.activate(enrolled, credential, Base64.getUrlEncoder().withoutPadding());

    assertThat(reply.status()).isEqualTo(200);
  }

  private String reason() {
    return client.get("/practice/api/activity").body().at("/entries/0/text").asText();
  }

  static Stream<Arguments> wrongResponses() {
    return Stream.of(
        wrong("Incorrect challenge", c -> c.challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        wrong("Incorrect origin", c -> c.origin = "https://localhost"),
        wrong("Wrong RP ID hash", c -> c.rpId = "example.org"),
        wrong("must be exactly", c -> c.type = "webauthn.get"),
        wrong("User Presence is required", c -> c.flags = 0x44),
        wrong("Invalid attestation signature", c -> c.breakSignature = true));
  }

  private static Arguments wrong(String what, Consumer<SoftCredential> how) {
    return Arguments.of(what, how);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongResponses")
  void refusesAResponseThatIsWrongInOnePoint(String what, Consumer<SoftCredential> how)
      throws Exception {
    Reply enrolled = client.enrol(user);
    SoftCredential credential = client.credentialFor(enrolled);
    how.accept(credential);

    refused(client.activate(enrolled, credential));

    assertThat(reason()).contains(what);
    assertThat(org.factors(user)).noneMatch(f -> f.isActive());
    // Only that point was wrong, and the factor still waits for the right response.
    assertThat(client.activate(enrolled, client.credentialFor(enrolled)).status()).isEqualTo(200);
  }

  @Test
  void refusesAResponseWithoutUserVerificationWhereTheOrgRequiresIt() throws Exception {
    try (PracticeOrg strict =
        PracticeOrg.builder().token("token").userVerification("required").start()) {
      Client caller = new Client(strict, "SSWS token");
      Reply enrolled = caller.enrol(strict.user(0).id());
      SoftCredential credential = caller.credentialFor(enrolled);
      credential.flags = 0x41;

      refused(caller.activate(enrolled, credential));
    }
  }

  @Test
  void namesItsRpIdAndChecksAgainstItWhereOneIsSet() throws Exception {
    try (PracticeOrg other =
        PracticeOrg.builder().token("token").rpId("example.org").requireResidentKey(true).start()) {
      Client caller = new Client(other, "SSWS token");
      Reply enrolled = caller.enrol(other.user(0).id());
      SoftCredential credential = caller.credentialFor(enrolled);
      refused(caller.activate(enrolled, credential));
      credential.rpId = "example.org";

      assertThat(enrolled.body().at("/_embedded/activation/rp/id").asText())
          .isEqualTo("example.org");
      assertThat(
              enrolled
                  .body()
                  .at("/_embedded/activation/authenticatorSelection/requireResidentKey")
                  .asBoolean())
          .isTrue();
      assertThat(caller.activate(enrolled, credential).status()).isEqualTo(200);
    }
  }

  @Test
  void refusesWhatIsNoAttestationAtAll() {
    Reply enrolled = client.enrol(user);
    String activate = enrolled.body().at("/_links/activate/href").asText();

    refused(client.post(activate, "{\"attestation\":\"AAAA\",\"clientData\":\"AAAA\"}"));
    refused(client.post(activate, "{\"attestation\":\"oA==\",\"clientData\":\"e30=\"}"));
    assertThat(client.post(activate, "{\"attestation\":\"%\"}").errorCode()).isEqualTo("E0000001");
    assertThat(client.post(activate, "no json").errorCode()).isEqualTo("E0000003");
  }

  @Test
  void excludesThePasskeysThatTheUserHas() throws Exception {
    Reply enrolled = client.enrol(user);
    SoftCredential credential = client.credentialFor(enrolled);
    client.activate(enrolled, credential);

    JsonNode exclude = client.enrol(user).body().at("/_embedded/activation/excludeCredentials");

    assertThat(exclude).hasSize(1);
    assertThat(exclude.at("/0/id").asText()).isEqualTo(SoftCredential.url(credential.id));
  }

  @Test
  void forgetsAFactorThatWasNotActivatedInTime() throws Exception {
    Reply enrolled = client.enrol(user);
    SoftCredential credential = client.credentialFor(enrolled);
    clock.advance(Duration.ofMinutes(5));

    Reply reply = client.activate(enrolled, credential);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.errorCode()).isEqualTo("E0000007");
    assertThat(client.get(factors).body()).isEmpty();
  }

  @Test
  void removesAFactorOnceAndThenSaysThatItIsGone() {
    String factor = factors + "/" + client.enrol(user).body().path("id").asText();

    assertThat(client.delete(factor).status()).isEqualTo(204);
    assertThat(client.delete(factor).errorCode()).isEqualTo("E0000007");
    assertThat(client.get(factors).body()).isEmpty();
  }

  @Test
  void allowsTenFactors() {
    for (int i = 0; i < 10; i++) {
      assertThat(client.enrol(user).status()).isEqualTo(200);
    }

    Reply eleventh = client.enrol(user);

    assertThat(eleventh.status()).isEqualTo(400);
    assertThat(eleventh.errorCode()).isEqualTo("E0000001");
    assertThat(eleventh.body().path("errorSummary").asText())
        .isEqualTo("Api validation failed: factorEnrollRequest");
  }

  @Test
  void allowsOnePendingFactorWhereThatIsSo() {
    try (PracticeOrg strict = PracticeOrg.builder().token("token").onePendingFactor(true).start()) {
      Client caller = new Client(strict, "SSWS token");
      caller.enrol(strict.user(0).id());

      assertThat(caller.enrol(strict.user(0).id()).cause())
          .isEqualTo("A factor of this type is already set up.");
    }
  }

  @Test
  void enrolsNothingForUsersWhoseStatusForbidsIt() {
    for (Status status : new Status[] {Status.SUSPENDED, Status.DEPROVISIONED, Status.STAGED}) {
      org.changeStatus(user, status);

      Reply reply = client.enrol(user);

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.errorCode()).isEqualTo("E0000038");
    }
  }

  @Test
  void enrolsNoOtherKindOfFactor() {
    Reply reply = client.post(factors, "{\"factorType\":\"sms\",\"provider\":\"OKTA\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.cause()).isEqualTo("Invalid Factor.");
  }

  @Test
  void offersWebAuthnInTheCatalog() {
    JsonNode catalog = client.get(factors + "/catalog").body();

    assertThat(catalog.at("/0/factorType").asText()).isEqualTo("webauthn");
    assertThat(catalog.at("/0/provider").asText()).isEqualTo("FIDO");
  }

  @Test
  void doesNotRegisterOneCredentialTwice() throws Exception {
    Reply first = client.enrol(user);
    SoftCredential credential = client.credentialFor(first);
    client.activate(first, credential);
    Reply second = client.enrol(org.user(2).id());
    credential.challenge = second.body().at("/_embedded/activation/challenge").asText();

    refused(client.activate(second, credential));
  }
}
