package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.keysmith.core.access.Role;
import dev.keysmith.testing.org.http.Fault;
import dev.keysmith.testing.org.http.Fault.Kind;
import dev.keysmith.war.it.Api;
import dev.keysmith.war.it.Scene;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@ArquillianTest
@RunAsClient
class ContinuedImportIT {

  private static final String USERS = "/api/v1/users";

  @ArquillianResource URI base;

  private Visitors visitors;

  @BeforeEach
  void invite() {
    visitors = new Visitors(base);
  }

  @Test
  void goesOnWithAnImportAtThePageAtWhichItFailed() {
    try (Scene scene = scene();
        Visit visit = visitors.as(Role.OPERATOR)) {
      scene
          .org()
          .expect(Fault.of(Kind.REFUSED, "GET", USERS).after(1).status(404).detail("E0000007"));
      JsonNode failed = imported(scene, "WHOLE");
      assertThat(failed.required("state").asString()).isEqualTo("FAILED");
      long id = failed.required("importId").asLong();
      assertThat(scene.api().get("/api/imports/" + id).json().required("canGoOn").asBoolean())
          .isTrue();

      Page page = visit.open("/panel/import-run?id=" + id).page();
      assertThat(page.locator("#import-state")).hasText("Failed");
      assertThat(page.locator("#so-far")).containsText("200 users were met and stored before.");
      visit.judge("import-run-failed");
      page.locator("#continue-import").click();
      visit.judge("import-run-continue");
      page.locator("#continue\\:go").click();

      assertThat(page.locator("#import-state")).hasText("Done");
      assertThat(page.locator("#seen")).hasText("450");
      assertThat(page.locator("#continue-import")).hasCount(0);
    }
  }

  @Test
  void outlastsTheWebPageOfAFirewallAndReadsLinksInOddForms() {
    try (Scene scene = scene()) {
      scene.org().expect(Fault.of(Kind.HTML, "GET", USERS).after(1).status(403));
      scene.org().expect(Fault.of(Kind.ODD_LINKS, "GET", USERS).times(9));
      JsonNode done = imported(scene, "WHOLE");
      assertThat(done.required("state").asString()).as(done.toString()).isEqualTo("DONE");
      assertThat(done.required("counts").required("seen").asInt()).isEqualTo(450);
    }
  }

  @Test
  void importsAListWithALoginThatCannotStandInAnAddress() {
    try (Scene scene = scene()) {
      scene.org().addUser("Corp", "User", "corp/user3@example.com");
      String list =
          "login\n%s\ncorp/user3@example.com\n%s\n"
              .formatted(scene.org().user(0).login(), scene.org().user(1).login());
      Api.Answer started =
          scene
              .api()
              .send(
                  "POST",
                  "/api/imports/list?integration=" + scene.integrationId(),
                  BodyPublishers.ofString(list),
                  Map.of("Content-Type", "text/csv"));
      assertThat(started.status()).as(started.http().body()).isEqualTo(202);
      JsonNode done = followed(scene, started);
      assertThat(done.required("state").asString()).as(done.toString()).isEqualTo("DONE");
      assertThat(done.required("counts").required("created").asInt()).isEqualTo(3);
    }
  }

  private Scene scene() {
    return new Scene(
        Api.administrator(base),
        Scene.practice(people -> people.users(450)),
        org -> Scene.integration("Org at " + org.origin(), org.origin(), Scene.API_TOKEN));
  }

  private static JsonNode imported(Scene scene, String scope) {
    Map<String, Object> wanted =
        Map.of("integrationId", scene.integrationId(), "scope", scope, "mode", "NEW_ONLY");
    return followed(scene, scene.api().post("/api/imports", wanted));
  }

  private static JsonNode followed(Scene scene, Api.Answer started) {
    String location = URI.create(started.header("Location")).getPath();
    return scene
        .api()
        .follow(
            location + "/events",
            state -> !state.required("state").asString().matches("QUEUED|RUNNING"));
  }
}
