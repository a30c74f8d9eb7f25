package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.org.http.Fault;
import dev.keysmith.testing.org.http.Fault.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What goes wrong at the org: in the end there is one active factor, and nothing else. */
@ArquillianTest
@RunAsClient
class OrgFaultsIT {

  private static final String LIST = "/api/v1/users/*/factors";
  private static final String ENROL = "/api/v1/users/*/factors";
  private static final String ACTIVATE = "/api/v1/users/*/factors/*/lifecycle/activate";

  /** More than the attempts at a request that may be repeated. */
  private static final int FOR_LONG = 12;

  @ArquillianResource URI base;

  @Test
  void succeedsAllTheSameWhenOneRequestIsRefusedOrLost() {
    for (Kind kind : new Kind[] {Kind.RATE_LIMITED, Kind.SERVER_ERROR, Kind.LOST_REQUEST}) {
      succeedsInSpiteOf(Fault.of(kind, "GET", LIST));
    }
    succeedsInSpiteOf(Fault.of(Kind.LOST_ANSWER, "GET", LIST));
    succeedsInSpiteOf(Fault.of(Kind.RATE_LIMITED, "POST", ENROL));
    for (Kind kind :
        new Kind[] {Kind.RATE_LIMITED, Kind.SERVER_ERROR, Kind.LOST_REQUEST, Kind.LOST_ANSWER}) {
      succeedsInSpiteOf(Fault.of(kind, "POST", ACTIVATE));
    }
  }

  private void succeedsInSpiteOf(Fault fault) {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      scene.org().expect(fault);

      JsonNode session = key.write(0);

      assertThat(session.required("state").asString()).as(fault + " " + session).isEqualTo("DONE");
      assertThat(scene.org().faults()).as("did not happen").isEmpty();
      assertActive(scene, key, passkeyId);
    }
  }

  @Test
  void saysThatTheOrgIsBusyWhileItLimitsItsCalls() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      scene.org().expect(Fault.of(Kind.RATE_LIMITED, "POST", ENROL).delay(Duration.ofSeconds(11)));

      JsonNode session = key.write(0);

      assertThat(session.required("entries").findValuesAsString("text"))
          .contains("The identity provider asks for patience. Keep the key in.");
      assertThat(session.required("state").asString()).isEqualTo("DONE");
      assertActive(scene, key, passkeyId);
    }
  }

  @Test
  void undoesAnEnrolmentThatCouldNotBegin() {
    undoes(Fault.of(Kind.SERVER_ERROR, "POST", ENROL), "HTTP 500");
    undoes(Fault.of(Kind.LOST_REQUEST, "POST", ENROL), "Whether it took effect is unknown");
    undoes(Fault.of(Kind.LOST_ANSWER, "POST", ENROL), "Whether it took effect is unknown");
    undoes(Fault.of(Kind.SERVER_ERROR, "GET", LIST).times(FOR_LONG), "Try again later");
  }

  private void undoes(Fault fault, String told) {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      scene.org().expect(fault);

      JsonNode session = key.write(0);

      assertThat(session.required("state").asString()).as(fault.toString()).isEqualTo("FAILED");
      assertThat(Key.Session.lastWords(session)).contains(told);
      scene.assertNothingPending();
      assertThat(key.virtual().credentials()).isEmpty();
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ASSIGNED");

      scene.org().clearFaults();
      assertThat(key.write(0).required("state").asString()).as(fault.toString()).isEqualTo("DONE");
      assertActive(scene, key, passkeyId);
    }
  }

  @Test
  void activatesWithoutTheKeyOnceTheOrgIsBack() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      scene.org().expect(Fault.of(Kind.SERVER_ERROR, "POST", ACTIVATE).times(FOR_LONG));

      JsonNode session = key.write(0);

      assertThat(session.required("state").asString()).isEqualTo("FAILED");
      assertThat(Key.Session.lastWords(session)).contains("as soon as it can be reached");
      scene.org().clearFaults();
      Waiting.eventually(
          () -> scene.passkey(passkeyId),
          passkey -> passkey.required("state").asString().equals("ACTIVE"));
      assertActive(scene, key, passkeyId);
    }
  }

  @Test
  void saysThatTheOriginIsWrongAndLeavesNothingBehind() {
    try (Scene scene = new Scene(base, org -> org.replace("localhost", "127.0.0.1"));
        Key key = new Key(scene)) {
      scene.importAll();
      long passkeyId = scene.assign(0);

      JsonNode session = key.write(0);

      assertThat(session.required("state").asString()).isEqualTo("FAILED");
      assertThat(Key.Session.lastWords(session))
          .contains("asks for a passkey of “127.0.0.1”", "custom domain");
      scene.assertNothingPending();
      assertThat(key.virtual().credentials()).isEmpty();
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("FAILED");
      JsonNode again = scene.api().post("/api/passkeys/" + passkeyId + "/retry", Map.of()).json();
      assertThat(again.required("state").asString()).isEqualTo("ASSIGNED");
    }
  }

  @Test
  void removesTheFactorOfARevokedPasskeyOnceTheOrgIsBack() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      key.write(0);
      scene.org().expect(Fault.of(Kind.LOST_REQUEST, "DELETE", LIST + "/*").times(3));

      scene.api().post("/api/passkeys/" + passkeyId + "/revoke", Map.of());

      Waiting.eventually(
          () -> scene.passkey(passkeyId),
          passkey -> !passkey.required("awaitsRemoval").asBoolean());
      assertThat(scene.factors(0)).isEmpty();
    }
  }

  @Test
  void writesNoSecretIntoTheLog() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene, VirtualKey.builder().touch(TouchPolicy.byHand()))) {
      scene.importAll();
      scene.assign(0);
      scene.org().expect(Fault.of(Kind.EXPIRED_CHALLENGE, "POST", ACTIVATE));
      Key.Session session = key.begin(0, Key.PIN);
      session.awaitTouch();
      var challenge = scene.factors(0).get(0).challenge();
      key.virtual().touch();
      String told = session.end().toString();

      assertThat(told + ServerFiles.log())
          .contains("Payara Micro")
          .doesNotContain(challenge.getBase64(), challenge.getBase64Url(), challenge.getHex())
          .doesNotContain(Scene.API_TOKEN, Key.PIN);
    }
  }

  @Test
  void writesNoStackTraceIntoTheLogWhenAllGoesWell() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      int before = ServerFiles.log().split("\n\tat ").length;
      scene.importAll();
      scene.assign(0);
      key.write(0);

      assertThat(ServerFiles.log().split("\n\tat ")).hasSize(before);
    }
  }

  private static void assertActive(Scene scene, Key key, long passkeyId) {
    assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ACTIVE");
    assertThat(scene.factors(0)).hasSize(1).allMatch(factor -> factor.isActive());
    assertThat(key.virtual().credentials()).hasSize(1);
    assertThat(key.signIn().required("signedIn").asBoolean()).isTrue();
  }
}
