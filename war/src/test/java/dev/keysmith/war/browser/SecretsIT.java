package dev.keysmith.war.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.it.Api;
import dev.keysmith.war.it.Key;
import dev.keysmith.war.it.Scene;
import dev.keysmith.war.it.ServerFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** Secrets are used, rightly and wrongly, and then looked for wherever they must not be. */
@ArquillianTest
@RunAsClient
class SecretsIT {

  private static final String WRONG = "Marker-this was mistyped";

  @ArquillianResource URI base;

  private final Map<String, String> secrets = new LinkedHashMap<>();

  @Test
  void keepsNoSecretOfProvidersKeysAndOwnersWhereItCouldBeRead() throws IOException {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene)) {
      scene.importAll();
      scene.assign(0);
      String login = scene.org().user(0).login();
      secrets.put("the integration's token", Scene.API_TOKEN);
      secrets.put("the PIN", Key.PIN);
      scene.api().postText("/api/integrations/check", "{\"secrets\":{\"api-token\":\"" + WRONG);
      secrets.put("a secret in a body that is no JSON", WRONG);
      takesCode(scene);
      assertThat(key.write(0).required("state").asString()).isEqualTo("DONE");

      assertThat(database()).as("what is looked through").contains(login);
      assertNowhere(scene.api());
    }
  }

  private void takesCode(Scene scene) {
    String code =
        scene
            .api()
            .post("/api/activation-codes", Map.of("userId", scene.userId(0)))
            .json()
            .required("text")
            .asString();
    String mistyped = code.substring(0, code.length() - 2) + "22";
    Api anybody = Api.anonymous(base);
    anybody.post("/api/activation/redeem", Map.of("code", mistyped));
    Api.Answer redeemed = anybody.post("/api/activation/redeem", Map.of("code", code));
    assertThat(redeemed.status()).as(redeemed.http().body()).isEqualTo(200);
    secrets.put("the activation code", code);
    secrets.put("the activation code as it is kept", code.replace("-", ""));
    secrets.put("the activation code that was mistyped", mistyped);
    secrets.put("the owner's cookie", redeemed.header("Set-Cookie").split("[=;]")[1]);
  }

  @Test
  void keepsNoSecretOfOperatorsWhereItCouldBeRead() throws IOException {
    Visitors visitors = new Visitors(base);
    Visitors.Invitation ann = visitors.invite(Role.ADMINISTRATOR);
    secrets.put("the set-up link", ann.link().substring(ann.link().indexOf('#') + 1));
    secrets.put("the password", Visitors.PASSWORD);
    secrets.put("a password that was mistyped", WRONG);
    try (Visit visit = visitors.stranger()) {
      visit.open("/panel/sign-in").page().locator("[id='password-form:login']").fill(ann.login());
      visit.page().locator("[id='password-form:password']").fill(WRONG);
      visit.page().locator("[id='password-form:sign-in']").click();
      visit.awaitMessage("not right");
      Visitors.setUp(visit, ann);
      for (Cookie cookie : visit.context().cookies()) {
        if (!cookie.name.equals("keysmith-zone")) {
          secrets.put("the cookie " + cookie.name, cookie.value);
        }
      }
    }
    assertThat(secrets).containsKey("the cookie keysmith");
    assertThat(database()).as("what is looked through").contains(ann.login());
    assertNowhere(Api.administrator(base));
  }

  private void assertNowhere(Api administrator) throws IOException {
    secrets.put("an API token", ServerFiles.firstToken());
    String log = ServerFiles.log();
    String database = database();
    StringBuilder told = new StringBuilder();
    for (String list :
        new String[] {
          "audit?limit=500", "audit/export.csv", "tokens", "operators", "activation-codes",
          "integrations", "users", "passkeys", "dead-letters", "overview"
        }) {
      Api.Answer answer = administrator.get("/api/" + list);
      assertThat(answer.status()).as(list).isEqualTo(200);
      told.append(answer.http().body());
    }
    secrets.forEach(
        (what, secret) -> {
          assertThat(log.contains(secret)).as("%s in the log", what).isFalse();
          assertThat(database.contains(secret)).as("%s in the database", what).isFalse();
          assertThat(told.indexOf(secret)).as("%s in an answer", what).isNegative();
        });
  }

  /** The file of the database, whose texts stand in it as they are. */
  private static String database() throws IOException {
    return Files.readString(
        ServerFiles.data().resolve("keysmith.mv.db"), StandardCharsets.ISO_8859_1);
  }
}
