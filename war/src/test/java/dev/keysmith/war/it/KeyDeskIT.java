package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an operator does with keys beside writing passkeys on them. */
@ArquillianTest
@RunAsClient
class KeyDeskIT {

  @ArquillianResource URI base;

  @Test
  void examinesAKeyAndListsWhatAResetWouldErase() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene, VirtualKey.builder().minPinLength(8))) {
      scene.importAll();
      JsonNode fresh = examine(scene, key);
      long passkeyId = scene.assign(0);
      key.write(0);
      JsonNode used = examine(scene, key);

      assertThat(fresh.at("/key/pinSet").asBoolean()).isFalse();
      assertThat(fresh.at("/key/pinRules/minLength").asInt()).isEqualTo(8);
      assertThat(fresh.at("/key/obstacles").size()).isZero();
      assertThat(fresh.has("known")).isFalse();
      assertThat(used.at("/key/pinAttempts").asInt()).isEqualTo(8);
      assertThat(used.at("/known/ownerId").asLong()).isEqualTo(scene.userId(0));
      JsonNode held =
          scene
              .api()
              .post(
                  "/api/station/contents",
                  Map.of("transport", "bench", "key", key.id(), "pin", Key.PIN))
              .json();
      assertThat(held).hasSize(1);
      assertThat(held.required(0).required("passkeyId").asLong()).isEqualTo(passkeyId);
      assertThat(held.required(0).required("state").asString()).isEqualTo("ACTIVE");
    }
  }

  @Test
  void erasesAKeyOnlyWhenItIsConfirmedAndPluggedInAgain() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      key.write(0);

      assertThat(reset(scene, key, "yes").problem()).isEqualTo("key.reset-unconfirmed");
      Api.Answer started = reset(scene, key, "erase");
      assertThat(started.status()).as(started.http().body()).isEqualTo(202);
      Key.Session session =
          new Key.Session(scene.api(), URI.create(started.header("Location")).getPath());
      session.awaitWords("Pull");
      key.virtual().unplug();
      session.awaitWords("Plug");
      key.virtual().plugIn();
      JsonNode end = session.end();

      assertThat(end.required("state").asString()).as(end.toString()).isEqualTo("DONE");
      assertThat(key.virtual().hasPin()).isFalse();
      assertThat(key.virtual().credentials()).isEmpty();
      Waiting.eventually(
          () -> scene.passkey(passkeyId).required("awaitsRemoval").asBoolean(), it -> !it);
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("REVOKED");
      assertThat(scene.factors(0)).isEmpty();
    }
  }

  @Test
  void showsARandomPinOnce() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      scene.assign(0);
      Api.Answer started =
          scene
              .api()
              .post(
                  "/api/key-sessions",
                  Map.of(
                      "transport",
                      "bench",
                      "key",
                      key.id(),
                      "userId",
                      scene.userId(0),
                      "randomPin",
                      true));
      Key.Session session =
          new Key.Session(scene.api(), URI.create(started.header("Location")).getPath());
      JsonNode end = session.end();

      assertThat(end.required("state").asString()).as(end.toString()).isEqualTo("DONE");
      assertThat(end.required("pinToShow").asBoolean()).isTrue();
      Api.Answer shown = scene.api().post(session.address() + "/pin", Map.of());
      assertThat(shown.json().required("pin").asString()).matches("[0-9]{6}");
      assertThat(scene.api().post(session.address() + "/pin", Map.of()).problem())
          .isEqualTo("key.no-pin-to-show");
      assertThat(key.virtual().mustChangePin()).isTrue();
      assertThat(
              scene.api().get("/api/key-sessions/pin-rules").json().required("minLength").asInt())
          .isEqualTo(6);
    }
  }

  @Test
  void givesAKeyFromStockToItsOwner() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      Api.Answer taken =
          scene
              .api()
              .post(
                  "/api/keys",
                  Map.of("transport", "bench", "key", key.id(), "assetTag", "Desk-" + key.id()));
      long id = Scene.id(taken, 201);
      String address = "/api/keys/" + id;

      String stock = "/api/keys?state=IN_STOCK&sort=assetTag&search=Desk-" + key.id();
      assertThat(scene.api().get(stock).json().required("total").asInt()).isEqualTo(1);
      assertThat(
              scene
                  .api()
                  .post(address + "/assign", Map.of("userId", scene.userId(1)))
                  .json()
                  .required("state")
                  .asString())
          .isEqualTo("ASSIGNED");
      assertThat(Key.Session.lastWords(key.write(0))).contains("belongs to another user");
      JsonNode own = key.write(1);
      assertThat(own.required("keyId").asLong()).isEqualTo(id);
      assertThat(scene.audited("key", id))
          .containsExactly("key.activated", "key.pin-set", "key.assigned", "key.registered");
      assertThat(scene.api().post(address + "/lose", Map.of()).json().required("state").asString())
          .isEqualTo("LOST");
      assertThat(scene.api().post(address + "/assign", Map.of("userId", 0)).status())
          .isEqualTo(404);
      assertThat(scene.api().post(address + "/assign", Map.of("userId", scene.userId(0))).problem())
          .isEqualTo("key.not-in-stock");
    }
  }

  @Test
  void givesNoKeyToAnotherUserWhileItsOwnerCanSignInWithIt() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      String address = "/api/keys/" + key.write(0).required("keyId").asLong();

      for (String word : List.of("", "?passkeys=KEEP")) {
        Api.Answer refused = scene.api().post(address + "/restock" + word, Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("key.passkeys-in-use");
      }
      assertThat(scene.api().post(address + "/lose", Map.of()).problem())
          .isEqualTo("key.passkeys-undecided");
      assertThat(scene.api().post(address + "/lose?passkeys=perhaps", Map.of()).problem())
          .isEqualTo("key.passkeys-word");
      Api.Answer stocked = scene.api().post(address + "/restock?passkeys=REVOKE", Map.of());
      assertThat(stocked.json().required("state").asString()).isEqualTo("IN_STOCK");
      Waiting.eventually(() -> scene.factors(0).isEmpty(), it -> it);
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("REVOKED");
      scene.assign(1);

      assertThat(key.write(1).required("state").asString()).isEqualTo("FAILED");
      assertThat(scene.factors(1)).isEmpty();
      assertThat(key.virtual().credentials()).hasSize(1);
    }
  }

  @Test
  void givesTheOwnerOfALostKeyAnotherOne() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      scene.assign(0);
      String address = "/api/keys/" + key.write(0).required("keyId").asLong();

      JsonNode replaced =
          scene.api().post(address + "/replace?passkeys=REVOKE", Map.of("reason", "LOST")).json();

      assertThat(replaced.at("/old/state").asString()).isEqualTo("LOST");
      assertThat(
              scene.passkey(replaced.required("passkeyId").asLong()).required("state").asString())
          .isEqualTo("ASSIGNED");
    }
  }

  private static JsonNode examine(Scene scene, Key key) {
    return scene
        .api()
        .post("/api/station/examine", Map.of("transport", "bench", "key", key.id()))
        .json();
  }

  private static Api.Answer reset(Scene scene, Key key, String confirmation) {
    return scene
        .api()
        .post(
            "/api/key-sessions/resets",
            Map.of("transport", "bench", "key", key.id(), "confirmation", confirmation));
  }
}
