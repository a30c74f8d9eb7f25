package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.it.Key;
import dev.keysmith.war.it.Scene;
import java.net.URI;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** The inventory of security keys. */
@ArquillianTest
@RunAsClient
class SecurityKeysIT {

  @ArquillianResource URI base;

  @Test
  void leadsAKeyThroughItsLife() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene);
        Visit visit = new Visitors(base).as(Role.OPERATOR)) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      key.write(0);
      Page page = visit.open("/panel/keys").page();

      page.locator("#search").fill(key.virtual().serialNumber());
      assertThat(page.locator("tbody tr")).hasCount(1);
      assertThat(page.locator("tbody")).containsText(scene.org().user(0).displayName());
      visit.judge("keys");
      page.locator("[id^=key-]").first().click();
      assertThat(page.locator("#key-state")).hasText("Active");
      visit.judge("key");

      page.locator("#tag-key").click();
      page.locator("#label\\:tag").fill("K-0815");
      page.locator("#label\\:go").click();
      assertThat(page.locator("#live")).containsText("K-0815");

      page.locator("#lose-key").click();
      visit.judge("key-lost");
      page.locator("#lose\\:go").click();
      assertThat(page.locator("#key-state")).hasText("Lost");
      assertThat(page.locator("#live")).containsText("Revoked");
      org.assertj.core.api.Assertions.assertThat(
              scene.passkey(passkeyId).required("state").asString())
          .isEqualTo("REVOKED");

      page.locator("#restock-key").click();
      page.locator("#restock\\:go").click();
      assertThat(page.locator("#key-state")).hasText("In stock");
      page.locator("#assign-key").click();
      page.locator("#assign\\:login").fill("nobody@example.org");
      page.locator("#assign\\:go").click();
      assertThat(page.locator("#assign-dialog .ks-told"))
          .hasText("No user has this login. Choose a user from the list.");
      page.locator("#assign\\:login").fill(scene.org().user(1).login());
      page.locator("#assign\\:go").click();
      assertThat(page.locator("#key-state")).hasText("Assigned");
    }
  }

  @Test
  void putsAKeyBackInStockOnlyWithItsPasskeysRevoked() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene);
        Visit visit = new Visitors(base).as(Role.OPERATOR)) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      key.write(0);
      Page page = visit.open("/panel/keys?search=" + key.virtual().serialNumber()).page();
      page.locator("[id^=key-]").first().click();

      page.locator("#restock-key").click();
      assertThat(page.locator("#restock-dialog")).containsText(scene.org().user(0).displayName());
      assertThat(page.locator("#restock\\:revoking")).isChecked();
      visit.judge("key-restock");
      page.locator("#restock\\:revoking").uncheck();
      page.locator("#restock\\:go").click();
      assertThat(page.locator("#restock-dialog .ks-told")).containsText("can still sign in");
      assertThat(page.locator("#key-state")).hasText("Active");
      page.locator("#restock\\:revoking").check();
      page.locator("#restock\\:go").click();
      assertThat(page.locator("#key-state")).hasText("In stock");
      org.assertj.core.api.Assertions.assertThat(
              scene.passkey(passkeyId).required("state").asString())
          .isEqualTo("REVOKED");
    }
  }

  @Test
  void replacesALostKey() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene);
        Visit visit = new Visitors(base).as(Role.OPERATOR)) {
      scene.importAll();
      scene.assign(0);
      key.write(0);
      Page page = visit.open("/panel/keys?search=" + key.virtual().serialNumber()).page();
      page.locator("[id^=key-]").first().click();

      page.locator("#replace-key").click();
      visit.judge("key-replace");
      page.locator("#replace\\:go").click();
      assertThat(page.locator("#key-state")).hasText("Lost");
      org.assertj.core.api.Assertions.assertThat(
              scene
                  .api()
                  .get("/api/passkeys?state=ASSIGNED&user=" + scene.userId(0))
                  .json()
                  .required("total")
                  .asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void showsAuditorsTheKeysAndNoButtons() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene);
        Visit visit = new Visitors(base).as(Role.AUDITOR)) {
      scene.importAll();
      scene.assign(0);
      key.write(0);
      Page page = visit.open("/panel/keys?search=" + key.virtual().serialNumber()).page();

      assertThat(page.locator("#to-station")).hasCount(0);
      page.locator("[id^=key-]").first().click();
      assertThat(page.locator("#key-state")).hasText("Active");
      assertThat(page.locator("#content button")).hasCount(0);
    }
  }

  @Test
  void issuesACodeByWhichTheUserActivatesTheKey() {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).as(Role.OPERATOR)) {
      scene.importAll();
      scene.assign(0);
      Page page = visit.open("/panel/user?tab=passkeys&id=" + scene.userId(0)).page();

      page.locator("#code\\:issue").click();
      assertThat(page.locator("#code\\:mail")).hasCount(0);
      assertThat(page.locator("#no-mail")).containsText("E-mail is not configured");
      assertThat(page.locator("#code-state")).hasText("Open");
      String code = page.locator("#code-text").textContent();
      visit.judge("user-code");
      visit.open("/activate#" + code);
      assertThat(page.locator("#title-key")).hasText("Hello " + scene.org().user(0).displayName());

      visit.open("/panel/user?tab=passkeys&id=" + scene.userId(0));
      assertThat(page.locator("#code-text")).hasCount(0);
      page.locator("#revoke-code").click();
      visit.judge("revoke-code");
      page.locator("#code-revoke\\:go").click();
      assertThat(page.locator("#code-state")).hasText("Revoked");
    }
  }
}
