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

/** The owner of a key, who has no account, from the code to the sign-in. */
@ArquillianTest
@RunAsClient
class ActivationIT {

  private static final String START = "/api/activation/key-sessions";

  @ArquillianResource URI base;

  @Test
  void leadsFromTheCodeToTheSignIn() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene, VirtualKey.builder().touch(TouchPolicy.byHand()))) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      String code = issue(scene, scene.userId(0));
      Api.Answer redeemed = redeem(code.toLowerCase(java.util.Locale.ROOT));
      Api owner = Api.anonymous(base).withCookieOf(redeemed);

      assertThat(redeemed.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict");
      JsonNode waiting = redeemed.json().required("passkeys").required(0);
      assertThat(waiting.required("integration").asString()).startsWith("Org at");
      assertThat(redeemed.json().required("login").asString())
          .isEqualTo(scene.org().user(0).login());
      assertThat(
              owner.get("/api/activation/keys").json().required("keys").findValuesAsString("key"))
          .contains(key.id());

      Key.Session session = start(owner, key, Key.PIN);
      session.awaitTouch();
      key.virtual().touch();
      assertThat(session.end().required("state").asString()).isEqualTo("DONE");

      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ACTIVE");
      assertThat(scene.audited(0)).contains("activation-code.redeemed", "passkey.activated");
      key.virtual().touchPolicy(TouchPolicy.automatic());
      assertThat(key.signIn().required("signedIn").asBoolean()).isTrue();
      Waiting.eventually(
          () -> owner.get("/api/activation").json().required("usedUp").asBoolean(), used -> used);
      assertThat(owner.post(START, wanted(key, Key.PIN)).problem()).isEqualTo("activation.used-up");
      assertThat(redeem(code).problem()).isEqualTo("activation.code");
      assertThat(ServerFiles.log()).doesNotContain(code);
    }
  }

  @Test
  void opensNothingButTheOwnActivation() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      Api owner = Api.anonymous(base).withCookieOf(redeem(issue(scene, scene.userId(0))));
      Api other = Api.anonymous(base).withCookieOf(redeem(issue(scene, scene.userId(1))));
      Key.Session session = start(owner, key, Key.PIN);

      assertThat(owner.get("/api/users").status()).isEqualTo(401);
      assertThat(other.get(session.address()).status()).isEqualTo(404);
      assertThat(other.delete(session.address()).status()).isEqualTo(404);
      assertThat(Api.anonymous(base).get("/api/activation").problem())
          .isEqualTo("activation.required");
      assertThat(scene.api().get("/api/activation").problem()).isEqualTo("activation.required");
      session.end();
      assertThat(owner.delete("/api/activation").status()).isEqualTo(204);
      assertThat(owner.get("/api/activation").status()).isEqualTo(401);
    }
  }

  @Test
  void issuesManyCodesOnOneSheet() {
    try (Scene scene = new Scene(base)) {
      scene.importAll();
      Api.Answer sheet =
          scene
              .api()
              .post(
                  "/api/activation-codes/sheet",
                  Map.of(
                      "users",
                      Map.of("filters", Map.of("integration", "" + scene.integrationId()))));

      List<String> rows = sheet.http().body().lines().toList();
      assertThat(sheet.header("Content-Type")).startsWith("text/csv");
      assertThat(rows.get(0)).isEqualTo("login,name,email,code,link,expires,problem");
      assertThat(rows).hasSize(7);
      String row =
          rows.stream()
              .filter(it -> it.startsWith(scene.org().user(3).login()))
              .findFirst()
              .orElseThrow();
      assertThat(redeem(row.split(",")[3]).json().required("login").asString())
          .isEqualTo(scene.org().user(3).login());
      JsonNode listed =
          scene.api().get("/api/activation-codes?state=OPEN&user=" + scene.userId(3)).json();
      assertThat(listed.required("total").asInt()).isEqualTo(1);
      long id = listed.required("items").required(0).required("id").asLong();
      assertThat(
              scene.api().delete("/api/activation-codes/" + id).json().required("state").asString())
          .isEqualTo("REVOKED");
      assertThat(redeem(row.split(",")[3]).status()).isEqualTo(400);
    }
  }

  @Test
  void listsWhoHasWhat() {
    try (Scene scene = new Scene(base)) {
      scene.importAll();
      scene.assign(0);
      String own = "/api/users?integration=" + scene.integrationId();

      assertThat(
              scene.api().get(own + "&passkey=ASSIGNED&key=NONE").json().required("total").asInt())
          .isEqualTo(1);
      assertThat(scene.api().get(own + "&passkey=NONE").json().required("total").asInt())
          .isEqualTo(5);
      assertThat(scene.api().get(own + "&passkey=WRONG").status()).isEqualTo(400);
    }
  }

  private static String issue(Scene scene, long userId) {
    Api.Answer issued = scene.api().post("/api/activation-codes", Map.of("userId", userId));
    assertThat(issued.status()).as(issued.http().body()).isEqualTo(201);
    return issued.json().required("text").asString();
  }

  private Api.Answer redeem(String code) {
    return Api.anonymous(base).post("/api/activation/redeem", Map.of("code", code));
  }

  private static Map<String, Object> wanted(Key key, String pin) {
    return Map.of("transport", "bench", "key", key.id(), "pin", pin);
  }

  private static Key.Session start(Api owner, Key key, String pin) {
    Api.Answer answer = owner.post(START, wanted(key, pin));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(202);
    return new Key.Session(owner, URI.create(answer.header("Location")).getPath());
  }
}
