package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.it.Api;
import dev.keysmith.war.it.Key;
import dev.keysmith.war.it.Scene;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** The dashboard, the audit log and the API tokens. */
@ArquillianTest
@RunAsClient
class OversightIT {

  @ArquillianResource URI base;

  @Test
  void countsWhatThereIsAndLeadsToTheListBehindIt() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene);
        Visit visit = new Visitors(base).as(Role.AUDITOR)) {
      scene.importAll();
      scene.assign(0);
      key.write(0);
      scene.assign(1);
      Page page = visit.open("/panel/dashboard").page();

      assertThat(page.locator(".ks-chart rect").first()).isAttached();
      page.locator("#chart-table summary").click();
      assertThat(page.locator("#chart-table tbody tr")).hasCount(30);
      visit.judge("dashboard-in-use");
      visit.narrow().judge("dashboard-telephone");
      page.locator("text=waiting for a security key").click();
      assertThat(page.locator("tbody")).containsText(scene.org().user(1).login());
    }
  }

  @Test
  void findsInTheAuditLogWhoDidWhatAndExportsIt() throws IOException {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).as(Role.AUDITOR)) {
      scene.importAll();
      scene.assign(0);
      String login = scene.org().user(0).login();
      Page page = visit.open("/panel/audit").page();

      page.locator("#action").selectOption("passkey.");
      page.locator("#subject").fill(login);
      assertThat(page.locator("tbody tr").first()).containsText("Passkey created");
      page.waitForURL("**subject=" + login.replace("@", "%40") + "**");
      visit.judge("audit");
      Download csv = page.waitForDownload(() -> page.locator("#export-csv").click());
      String rows = new String(csv.createReadStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(rows).contains("passkey.assigned", login).doesNotContain("operator.signed-in");

      visit.open("/panel/audit?from=2999-01-01");
      assertThat(page.locator(".ks-empty")).containsText("No entry");
      visit.open("/panel/audit?from=yesterday");
      assertThat(page.locator(".ks-problem[role=alert]:visible"))
          .containsText("A day looks like 2026-01-31.");
      visit.forgive("does not conform");
    }
  }

  @Test
  void showsATokenOnceAndRevokesIt() {
    try (Visit visit = new Visitors(base).as(Role.ADMINISTRATOR)) {
      Page page = visit.open("/panel/tokens").page();

      page.locator("#new-token").click();
      page.locator("#create\\:label").fill("nightly report");
      page.locator("#create\\:role").selectOption("AUDITOR");
      visit.judge("token-new");
      page.locator("#create\\:go").click();
      String token = page.locator("#token-text").textContent();
      visit.judge("token-created");
      Api script = Api.anonymous(base).with(token);
      assertThat(script.get("/api/users").status()).isEqualTo(200);

      visit.open("/panel/tokens");
      assertThat(page.locator("#token-text")).hasCount(0);
      page.getByLabel("Revoke the token nightly report").click();
      visit.judge("token-revoke");
      page.locator("#revoke\\:go").click();
      assertThat(page.locator("tbody tr:has-text('nightly report')")).containsText("Revoked");
      assertThat(script.get("/api/users").status()).isEqualTo(401);
    }
  }

  @Test
  void keepsOperatorsFromTokensAndTheAuditLog() {
    try (Visit visit = new Visitors(base).as(Role.OPERATOR)) {
      for (String path : new String[] {"/panel/tokens", "/panel/audit"}) {
        visit.open(path);
        assertThat(visit.page().locator("h1")).hasText("Not for your role");
      }
      visit.forgive("403");
    }
  }
}
