package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.keysmith.core.access.Role;
import java.net.URI;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
@RunAsClient
class ThirdPartyPluginIT {

  private static final String API_KEY = "Marker-acme-api-key";
  private static final String SIGNING_KEY = "Marker-line one\nline two\n";

  @ArquillianResource URI base;

  private Visitors visitors;

  @BeforeEach
  void invite() {
    visitors = new Visitors(base);
  }

  @Test
  void drawsTheFormOfAPluginThatItHasNeverSeen() {
    try (Visit visit = visitors.as(Role.ADMINISTRATOR)) {
      Page page = visit.open("/panel/integrations").page();
      page.locator("#connect-acme").click();
      assertThat(page.locator("h1")).containsText("Acme Directory");
      assertThat(setting(page, "tenant")).containsText("The name of your tenant at Acme.");
      assertThat(line(page, "patience")).hasValue("PT30S");
      assertThat(choice(page)).hasValue("eu");
      visit.judge("third-party-new");

      line(page, "origin").fill("ftp://acme.example");
      line(page, "patience").fill("a while");
      page.locator("#settings\\:save").click();
      for (String wrong : new String[] {"origin", "tenant", "patience", "api-key"}) {
        assertThat(setting(page, wrong).locator(".ks-wrong")).hasCount(1);
      }
      assertThat(setting(page, "region").locator(".ks-wrong")).hasCount(0);
      assertThat(setting(page, "signing-key").locator(".ks-wrong")).hasCount(0);
      assertThat(line(page, "origin")).hasValue("ftp://acme.example");
      visit.judge("third-party-wrong");

      line(page, "origin").fill("https://acme.example");
      line(page, "tenant").fill("smiths");
      line(page, "patience").fill("PT5S");
      choice(page).selectOption("us");
      secret(page, "api-key").fill("short");
      page.locator("#settings\\:test").click();
      assertThat(page.locator(".ks-answer.ks-bad")).containsText("too short");
      secret(page, "api-key").fill(API_KEY);
      secret(page, "signing-key").fill(SIGNING_KEY);
      page.locator("#settings\\:save").click();
      page.waitForURL("**/panel/integrations?saved=*");
      String id = page.url().replaceFirst(".*saved=", "");
      assertThat(page.locator("#status-" + id)).hasText("Connected");
      assertThat(card(page, id))
          .containsText(
              "Tenant smiths at https://acme.example in us, patient for PT5S, with a signing key"
                  + " of 25 characters.");

      page.locator("#settings-" + id).click();
      assertThat(choice(page)).hasValue("us");
      assertThat(line(page, "tenant")).hasValue("smiths");
      assertThat(secret(page, "api-key")).hasValue("");
      assertThat(setting(page, "api-key").locator("input[type=checkbox]")).hasCount(0);
      assertThat(page.content()).doesNotContain("Marker-");
      visit.judge("third-party-saved").narrow().picture("third-party-saved-telephone");
      page.setViewportSize(1280, 720);

      setting(page, "signing-key").locator("input[type=checkbox]").check();
      page.locator("#settings\\:save").click();
      page.waitForURL("**/panel/integrations?saved=*");
      assertThat(card(page, id)).containsText("with a signing key of 0 characters.");
      page.locator("#remove-" + id).click();
      page.locator("#remove\\:go").click();
      assertThat(page.locator("#status-" + id)).hasCount(0);
    }
  }

  private static Locator setting(Page page, String name) {
    return page.locator("[data-setting=" + name + "]");
  }

  private static Locator line(Page page, String name) {
    return setting(page, name).locator("input[type=text]");
  }

  private static Locator secret(Page page, String name) {
    return setting(page, name).locator("textarea");
  }

  private static Locator choice(Page page) {
    return setting(page, "region").locator("select");
  }

  /** The card of an integration. */
  private static Locator card(Page page, String id) {
    return page.locator("section[aria-labelledby=integration-" + id + "]");
  }
}
