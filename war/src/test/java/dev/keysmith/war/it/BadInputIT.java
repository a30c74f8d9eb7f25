package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people at the desk do wrong: each is told what to do, and nothing is left behind. */
@ArquillianTest
@RunAsClient
class BadInputIT {

  @ArquillianResource URI base;

  @Test
  void knowsNoUserWhoWasNotImported() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      assertThat(scene.assigning(0).status()).isEqualTo(404);
      assertThat(key.asking(0, Key.PIN).status()).isEqualTo(404);
      assertThat(key.virtual().hasPin()).isFalse();
    }
  }

  @Test
  void takesNoUserOrGroupOfAnotherIntegration() {
    try (Scene scene = new Scene(base);
        Scene other = new Scene(base)) {
      scene.importAll();
      scene.importGroup("Staff");
      other.importAll();

      Api.Answer user = other.assigning(scene.userId(0));
      Api.Answer group = defining(other, scene.groupId("Staff"));
      Api.Answer unknown = defining(other, 0);

      assertThat(user.problem()).isEqualTo("passkey.foreign-integration");
      assertThat(group.status()).isEqualTo(400);
      assertThat(group.json().required("fields").required("groupIds").asString())
          .contains("belongs to another integration");
      assertThat(unknown.json().required("fields").required("groupIds").asString())
          .contains("Import it first");
    }
  }

  private static Api.Answer defining(Scene scene, long groupId) {
    return scene
        .api()
        .post(
            "/api/workflows",
            Map.of(
                "name",
                "Foreign group",
                "integrationId",
                scene.integrationId(),
                "trigger",
                "NEW_USER_IMPORTED",
                "groupIds",
                List.of(groupId)));
  }

  @Test
  void importsNoGroupThatTheOrgDoesNotHave() {
    try (Scene scene = new Scene(base)) {
      JsonNode ended = scene.importing("GROUPS", List.of("00gnosuchgroup0000h7"));
      JsonNode run = scene.api().get("/api/imports/" + ended.required("importId").asLong()).json();

      assertThat(ended.required("state").asString()).isEqualTo("FAILED");
      assertThat(run.required("error").required("text").asString()).contains("group");
    }
  }

  @Test
  void spendsOneTryOnAWrongPin() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      key.write(0);
      long passkeyId = scene.assign(0);

      JsonNode session = key.begin(0, "Wrong-" + Key.PIN).end();

      assertThat(session.required("state").asString()).isEqualTo("FAILED");
      assertThat(Key.Session.lastWords(session))
          .isEqualTo("The PIN is wrong. 7 attempts are left. Start again with the right PIN.");
      assertThat(key.virtual().pinRetries()).isEqualTo(7);
      assertGoesOn(scene, key, 0, passkeyId);
      assertThat(key.virtual().pinRetries()).isEqualTo(8);
    }
  }

  @Test
  void refusesAPinThatIsTooShort() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene, VirtualKey.builder().minPinLength(8))) {
      scene.importAll();
      long passkeyId = scene.assign(0);

      Api.Answer tooShortForAll = key.asking(scene.userId(0), "123");
      JsonNode tooShortForThis = key.begin(0, "1234567").end();

      assertThat(tooShortForAll.status()).isEqualTo(400);
      assertThat(tooShortForAll.json().required("fields").has("pin")).isTrue();
      assertThat(tooShortForThis.required("state").asString()).isEqualTo("FAILED");
      assertThat(Key.Session.lastWords(tooShortForThis)).contains("too short");
      assertThat(key.virtual().hasPin()).isFalse();
      assertGoesOn(scene, key, 0, passkeyId);
    }
  }

  @Test
  void saysThatAKeyIsFull() {
    try (Scene scene = new Scene(base);
        Key full = new Key(scene, VirtualKey.builder().maxDiscoverable(1));
        Key empty = new Key(scene)) {
      scene.importAll();
      scene.assign(0);
      full.write(0);
      long passkeyId = scene.assign(0);

      JsonNode session = full.write(0);

      assertThat(session.required("state").asString()).isEqualTo("FAILED");
      assertThat(Key.Session.lastWords(session)).contains("full").contains("use another");
      assertThat(full.virtual().credentials()).hasSize(1);
      scene.assertNothingPending();
      assertGoesOn(scene, empty, 0, passkeyId);
    }
  }

  @Test
  void writesNoSecondPasskeyOfAUserOnTheSameKey() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene);
        Key other = new Key(scene)) {
      scene.importAll();
      scene.assign(0);
      key.write(0);
      long passkeyId = scene.assign(0);

      JsonNode session = key.write(0);

      assertThat(session.required("state").asString()).isEqualTo("FAILED");
      assertThat(Key.Session.lastWords(session)).contains("already holds a passkey of this user");
      assertThat(key.signIn().required("signedIn").asBoolean()).isTrue();
      assertThat(key.virtual().credentials()).hasSize(1);
      scene.assertNothingPending();
      assertGoesOn(scene, other, 0, passkeyId);
      assertThat(scene.factors(0)).hasSize(2);
    }
  }

  @Test
  void takesNoKeyOfSomebodyElse() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      key.write(0);
      long passkeyId = scene.assign(1);

      JsonNode session = key.write(1);

      assertThat(session.required("state").asString()).isEqualTo("FAILED");
      assertThat(Key.Session.lastWords(session)).contains("belongs to another user");
      assertThat(key.virtual().credentials()).isEmpty();
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ASSIGNED");
    }
  }

  @Test
  void goesOnAfterTheKeyWasPulledOutWhileItWaitedForATouch() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene, VirtualKey.builder().touch(TouchPolicy.byHand()))) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      Key.Session session = key.begin(0, Key.PIN);
      session.awaitTouch();
      key.virtual().unplug();

      JsonNode ended = session.end();

      assertThat(ended.required("state").asString()).isEqualTo("FAILED");
      assertThat(Key.Session.lastWords(ended)).contains("pulled out");
      scene.assertNothingPending();
      assertThat(key.asking(scene.userId(0), Key.PIN).problem()).isEqualTo("key.absent");
      key.virtual().plugIn();
      assertGoesOn(scene, key, 0, passkeyId);
    }
  }

  @Test
  void stopsWaitingForATouchWhenTheSessionIsCancelled() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene, VirtualKey.builder().touch(TouchPolicy.byHand()))) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      Key.Session session = key.begin(0, Key.PIN);
      session.awaitTouch();

      assertThat(scene.api().delete(session.address()).status()).isEqualTo(200);

      assertThat(session.end().required("state").asString()).isEqualTo("CANCELLED");
      assertThat(key.virtual().waitsForTouch()).isFalse();
      scene.assertNothingPending();
      assertGoesOn(scene, key, 0, passkeyId);
    }
  }

  @Test
  void givesUpWhenTheKeyIsNotTouched() {
    LeapingClock clock = new LeapingClock();
    try (Scene scene = new Scene(base);
        Key key = new Key(scene, VirtualKey.builder().touch(TouchPolicy.byHand()).clock(clock))) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      Key.Session session = key.begin(0, Key.PIN);
      session.awaitTouch();
      clock.leap();

      JsonNode ended = session.end();

      assertThat(ended.required("state").asString()).isEqualTo("FAILED");
      assertThat(Key.Session.lastWords(ended)).contains("touch it when it blinks");
      scene.assertNothingPending();
      assertGoesOn(scene, key, 0, passkeyId);
    }
  }

  @Test
  void opensAKeyForOneSessionOnly() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene, VirtualKey.builder().touch(TouchPolicy.byHand()))) {
      scene.importAll();
      scene.assign(0);
      Key.Session session = key.begin(0, Key.PIN);
      session.awaitTouch();

      assertThat(key.asking(scene.userId(1), Key.PIN).problem()).isEqualTo("key.in-session");
      key.virtual().touch();

      assertThat(session.end().required("state").asString()).isEqualTo("DONE");
    }
  }

  /** The passkey still waits, and the next session, undisturbed, makes it active. */
  private static void assertGoesOn(Scene scene, Key key, int number, long passkeyId) {
    assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ASSIGNED");
    key.virtual().touchPolicy(TouchPolicy.automatic());
    JsonNode session = key.write(number);
    assertThat(session.required("state").asString()).as(session.toString()).isEqualTo("DONE");
    assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ACTIVE");
    assertThat(key.virtual().credentials()).hasSize(1);
    assertThat(key.signIn().required("signedIn").asBoolean()).isTrue();
  }
}
