package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is done about events that could not be delivered. */
@ArquillianTest
@RunAsClient
class DeadLettersIT {

  private static final String LIST = "/api/dead-letters";

  @ArquillianResource URI base;

  @Test
  void deliversAnEventAgainWhenAnAdministratorSaysSo() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      long passkeyId = revokedWhileTheTokenIsRefused(scene, key);
      String event = deadLetter(scene, passkeyId);
      scene.org().allowToken(Scene.API_TOKEN);

      assertThat(scene.api().post(LIST + "/" + event + "/retry", Map.of()).status()).isEqualTo(204);

      awaitRemoval(scene, passkeyId);
      assertThat(scene.api().post(LIST + "/" + event + "/retry", Map.of()).problem())
          .isEqualTo("event.no-dead-letter");
    }
  }

  @Test
  void deliversEventsAgainByItselfWhenTheIntegrationChecksWell() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      long passkeyId = revokedWhileTheTokenIsRefused(scene, key);
      deadLetter(scene, passkeyId);
      String check = "/api/integrations/" + scene.integrationId() + "/check";
      assertThat(scene.api().post(check, Map.of()).json().required("ok").asBoolean()).isFalse();
      assertThat(
              scene
                  .api()
                  .get("/api/integrations?check=FAILED&limit=500")
                  .json()
                  .required("items")
                  .findValuesAsString("id"))
          .contains("" + scene.integrationId());
      scene.org().allowToken(Scene.API_TOKEN);

      assertThat(scene.api().post(check, Map.of()).json().required("ok").asBoolean()).isTrue();

      awaitRemoval(scene, passkeyId);
      assertThat(events(scene, passkeyId)).isEmpty();
    }
  }

  @Test
  void forgetsAnEventThatIsGivenUp() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      long passkeyId = revokedWhileTheTokenIsRefused(scene, key);
      String event = deadLetter(scene, passkeyId);

      assertThat(scene.api().delete(LIST + "/" + event).status()).isEqualTo(204);

      assertThat(events(scene, passkeyId)).isEmpty();
      assertThat(scene.passkey(passkeyId).required("awaitsRemoval").asBoolean()).isTrue();
      assertThat(scene.api().delete(LIST + "/" + event).status()).isEqualTo(404);
    }
  }

  private static long revokedWhileTheTokenIsRefused(Scene scene, Key key) {
    scene.importAll();
    long passkeyId = scene.assign(0);
    JsonNode written = key.write(0);
    assertThat(written.required("state").asString()).as(written.toString()).isEqualTo("DONE");
    scene.org().revoke(Scene.API_TOKEN);
    scene.api().post("/api/passkeys/" + passkeyId + "/revoke", Map.of());
    return passkeyId;
  }

  private static String deadLetter(Scene scene, long passkeyId) {
    return Waiting.eventually(() -> events(scene, passkeyId), events -> !events.isEmpty()).get(0);
  }

  private static List<String> events(Scene scene, long passkeyId) {
    return scene
        .api()
        .get(LIST + "?type=passkey.revoked&limit=500")
        .json()
        .required("items")
        .valueStream()
        .filter(
            event -> event.required("event").asString().equals("{\"passkeyId\":" + passkeyId + "}"))
        .map(event -> event.required("id").asString())
        .toList();
  }

  private static void awaitRemoval(Scene scene, long passkeyId) {
    JsonNode removed =
        Waiting.eventually(
            () -> scene.passkey(passkeyId), it -> !it.required("awaitsRemoval").asBoolean());
    assertThat(removed.required("state").asString()).isEqualTo("REVOKED");
    assertThat(scene.factors(0)).isEmpty();
  }
}
