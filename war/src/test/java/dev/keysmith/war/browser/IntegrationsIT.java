package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.keysmith.core.access.Role;
import dev.keysmith.testing.org.PracticeOrg;
import dev.keysmith.war.it.Scene;
import java.net.URI;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
@RunAsClient
class IntegrationsIT {

  @ArquillianResource URI base;

  private Visitors visitors;

  @BeforeEach
  void invite() {
    visitors = new Visitors(base);
  }

  @Test
  void connectsOktaByItsOriginAndApiKey() {
    try (PracticeOrg org = Scene.practice();
        Visit visit = visitors.as(Role.ADMINISTRATOR)) {
      Page page = visit.open("/panel/dashboard").page();
      page.locator("#menu").getByText("App integration").click();
      page.locator("#connect-okta").click();
      visit.judge("integration-new");

      field(page, "label").fill("Practice at " + org.origin());
      field(page, "origin").fill("not an address");
      page.locator("#settings\\:test").click();
      assertThat(page.locator("[data-setting=origin] .ks-wrong")).containsText("https://");

      field(page, "origin").fill(org.origin());
      field(page, "api-token").fill("wrong");
      page.locator("#settings\\:test").click();
      assertThat(page.locator(".ks-answer")).containsText("401");
      visit.judge("integration-wrong");

      field(page, "api-token").fill(Scene.API_TOKEN);
      page.locator("#settings\\:domains").fill("login.example.com, co.uk");
      page.locator("#settings\\:test").click();
      assertThat(page.locator("#domains-field .ks-wrong")).containsText("co.uk");
      page.locator("#settings\\:domains").fill("Login.example.com id.example.com");
      field(page, "api-token").fill(Scene.API_TOKEN);
      page.locator("#settings\\:test").click();
      assertThat(page.locator(".ks-answer.ks-good")).isVisible();
      page.locator("#settings\\:save").click();
      page.waitForURL("**/panel/integrations?saved=*");

      String id = page.url().replaceFirst(".*saved=", "");
      assertThat(page.locator("#status-" + id)).hasText("Connected");
      visit.judge("integrations");
      page.locator("#settings-" + id).click();
      assertThat(field(page, "api-token")).hasValue("");
      assertThat(page.locator("#settings\\:domains")).hasValue("id.example.com login.example.com");
      assertThat(page.content()).doesNotContain(Scene.API_TOKEN);

      visit.open("/panel/integrations");
      page.locator("#remove-" + id).click();
      visit.judge("integration-remove");
      page.locator("#remove\\:go").click();
      assertThat(page.locator("#status-" + id)).hasCount(0);
    }
  }

  @Test
  void showsAnAuditorHowItIsAndLetsNothingBeDone() {
    try (Scene scene = new Scene(base);
        Visit visit = visitors.as(Role.AUDITOR)) {
      Page page = visit.open("/panel/integrations").page();

      assertThat(page.locator("#status-" + scene.integrationId())).hasText("Not checked yet");
      assertThat(page.locator("main button")).hasCount(0);
      assertThat(page.locator("#connect")).hasCount(0);
    }
  }

  /** The input of a setting that the plugin declares, or of the label. */
  private static com.microsoft.playwright.Locator field(Page page, String name) {
    return name.equals("label")
        ? page.locator("#settings\\:label")
        : page.locator("[data-setting=" + name + "]").locator("input[type=text], textarea");
  }
}
