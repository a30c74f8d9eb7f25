package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.it.Key;
import dev.keysmith.war.it.Scene;
import java.net.URI;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
@RunAsClient
class UsersIT {

  @ArquillianResource URI base;

  private Visitors visitors;

  @BeforeEach
  void invite() {
    visitors = new Visitors(base);
  }

  @Test
  void createsAPasskeyThatBecomesActiveOnceTheSecurityKeyIsInitialised() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene);
        Visit visit = visitors.as(Role.OPERATOR)) {
      scene.importAll();
      Page page = visit.open("/panel/dashboard").page();

      page.getByRole(AriaRole.LINK, named("All users")).click();
      page.locator("#search").fill(scene.org().user(1).login());
      page.locator("#user-" + scene.userId(1)).click();
      page.locator("#tab-passkeys").click();
      visit.judge("user-without-passkey");
      page.getByText("Add passkey", exactly()).click();
      page.getByRole(AriaRole.BUTTON, named("Okta")).click();
      visit.judge("create-passkey");
      page.getByRole(AriaRole.BUTTON, named("Create")).click();

      assertThat(page.locator(".ks-row"))
          .containsText("Waiting until the security key is initialised.");
      visit.judge("user-waiting");

      key.write(1);
      assertThat(page.locator(".ks-row .ks-good")).hasText("Active");
      visit.judge("user-active");
      page.locator("[id^=revoke-]").first().click();
      visit.judge("revoke-passkey");
      page.locator("#revoke\\:go").click();
      assertThat(page.locator(".ks-row")).containsText("Revoked");

      page.locator("#tab-keys").click();
      assertThat(page.locator(".ks-table tbody tr")).hasCount(1);
      visit.judge("user-keys");
      page.locator("#tab-activity").click();
      assertThat(page.locator(".ks-table")).containsText("Passkey created");
      visit.judge("user-activity");
      page.locator("#tab-info").click();
      visit.judge("user-info").narrow().picture("user-info-telephone");
    }
  }

  @Test
  void assignsToManyWhoAreTickedAndSaysWhoIsLeftOut() {
    try (Scene scene = new Scene(base);
        Visit visit = visitors.as(Role.OPERATOR)) {
      scene.importAll();
      scene.assign(0);
      Page page = visit.open("/panel/users?integration=" + scene.integrationId()).page();
      assertThat(page.locator("#selection")).isHidden();

      page.locator("#rows").check();
      assertThat(page.locator("#selection")).containsText("6 selected");
      visit.judge("users-selected");
      page.locator("#assign-many").click();
      visit.judge("users-assign");
      page.locator("#assign\\:go").click();

      assertThat(page.locator("#assignment-state")).hasText("Done");
      assertThat(page.locator("#assigned")).hasText("5");
      page.locator("#who-no").click();
      assertThat(page.locator("tbody tr")).hasCount(1);
      assertThat(page.locator("tbody")).containsText("Has been promised a passkey already");
      visit.judge("assignment");
      visit.open("/panel/users?integration=" + scene.integrationId());
      assertThat(page.locator("td .ks-chip", waiting())).hasCount(6);
      visit.narrow().judge("users-telephone");
    }
  }

  @Test
  void keepsSearchOrderAndFiltersInTheAddress() {
    try (Scene scene = new Scene(base);
        Visit visit = visitors.as(Role.AUDITOR)) {
      scene.importAll();
      String all = "/panel/users?integration=" + scene.integrationId();
      Page page = visit.open(all).page();
      assertThat(page.locator("#live input[type=checkbox]")).hasCount(0);

      page.locator("#sort-name").click();
      assertThat(page.locator("th[aria-sort=ascending]")).containsText("Name");
      page.locator("#sort-name").click();
      assertThat(page.locator("th[aria-sort=descending]")).containsText("Name");
      assertThat(page).hasURL(Pattern.compile(".*sort=-name.*"));
      page.reload();
      assertThat(page.locator("th[aria-sort=descending]")).containsText("Name");
      page.goBack();
      assertThat(page.locator("th[aria-sort=ascending]")).containsText("Name");

      page.locator("#search").fill("nobody has this name");
      assertThat(page.locator("#live")).containsText("No user matches");
      assertThat(page).hasURL(Pattern.compile(".*text=nobody.*"));
      visit.judge("users-none");

      visit.open("/panel/users?sort=nonsense");
      assertThat(page.locator("#live")).containsText("does not have");
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Page.LocatorOptions waiting() {
    return new Page.LocatorOptions().setHasText("Waiting");
  }
}
