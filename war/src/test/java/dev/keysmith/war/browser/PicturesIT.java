package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.war.it.Key;
import dev.keysmith.war.menu.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page with data: light, dark, on a telephone, in German. The pictures are for people to look
 * at; those of the root README are made here, too.
 */
class PicturesIT {

  private static final String MODEL = "Security Key NFC";

  @TempDir static Path directory;

  private static LivedIn server;
  private static Visitors visitors;
  private static String ann = "";

  @BeforeAll
  static void workForAMonth() throws Exception {
    Chromium.get();
    server = new LivedIn(directory);
    visitors = new Visitors(server.base());
    try (Visit visit = visitors.stranger()) {
      visit.open(Files.readString(directory.resolve("keysmith/first-set-up-link")));
      visit.page().locator("#login").fill("ann");
      visit.page().locator("#name").fill("Ann Archer");
      visit.page().locator("#password").fill(Visitors.PASSWORD);
      visit.page().locator("#set-password").click();
      visit.page().waitForURL("**/panel/dashboard");
      ann = visit.context().storageState();
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everyPageIsGoodToUseWithDataInLightInDarkAndOnATelephone() {
    try (Visit visit = visitors.returning(ann, "en-GB");
        Visit stranger = visitors.stranger()) {
      for (Page page : Page.values()) {
        look(page.isPublic() ? stranger : visit, page);
      }
      stranger.forgive("404");
    }
  }

  @Test
  void everyPageIsWideEnoughForGermanOnATelephone() {
    try (Visit visit = visitors.returning(ann, "de-DE")) {
      for (Page page : Page.values()) {
        visit.narrow().open(address(page));
        visit.fits(name(page)).picture(name(page) + "-de");
      }
      visit.forgive("404");
    }
  }

  @Test
  void theStationShowsKeysInAllStates() {
    try (Visit visit = visitors.returning(ann, "en-GB");
        Key ready = server.key(MODEL);
        Key patient = new Key(server.scene(), byHand());
        Key quick = server.key("Security Key C");
        Key full =
            new Key(server.scene(), VirtualKey.builder().product(MODEL).maxDiscoverable(0))) {
      com.microsoft.playwright.Page page = visit.page();
      visit.open("/panel/station");
      card(page, quick).locator("button.ks-primary").first().click();
      assertThat(card(page, quick).locator(".ks-chip")).hasText("done");
      card(page, patient).locator("button.ks-primary").first().click();
      assertThat(card(page, patient).locator(".ks-scene-touch")).isVisible();
      assertThat(card(page, ready).locator(".ks-chip")).hasText("ready");
      assertThat(card(page, full)).isVisible();
      visit.judge("with-data-station-busy").poster("station");
      visit.narrow().fits("station").picture("with-data-station-busy-telephone").wide();
      patient.virtual().touch();
      assertThat(card(page, patient).locator(".ks-chip")).hasText("done");
    }
  }

  @Test
  void theBestOnesAreInTheReadme() {
    try (Visit visit = visitors.returning(ann, "en-GB")) {
      com.microsoft.playwright.Page page = visit.page();
      visit.open("/panel/dashboard").poster("dashboard");
      visit.open("/panel/users").poster("users");
      visit.open(address(Page.NEW_WORKFLOW)).poster("workflow");
      visit.open("/panel/user?tab=passkeys&id=" + server.scene().userId(30));
      page.locator("#add-passkey").click();
      page.locator("#add-at-provider").click();
      assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
      visit.poster("passkey");
    }
  }

  private static void look(Visit visit, Page page) {
    String name = name(page);
    visit.wide().open(address(page));
    if (!page.isPublic()) {
      assertThat(visit.page().locator(".ks-empty")).hasCount(0);
    }
    visit.judge(name);
    visit.narrow().fits(name).picture(name + "-telephone");
  }

  private static String name(Page page) {
    return "with-data-" + page.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where a page has something to show. A page that is missing here does not compile. */
  private static String address(Page page) {
    long integration = server.scene().integrationId();
    return switch (page) {
      case SIGN_IN, SET_UP, DASHBOARD, USERS, GROUPS, IMPORTS, STATION, KEYS -> page.path();
      case WORKFLOWS, INTEGRATIONS, OPERATORS, STATIONS, TOKENS, AUDIT, ACCOUNT -> page.path();
      case ACTIVATE -> page.path() + "#" + server.code();
      case ERROR -> "/panel/nowhere";
      case USER -> page.path() + "?tab=passkeys&id=" + server.scene().userId(8);
      case ASSIGNMENT -> page.path() + "?id=" + server.assignmentId();
      case IMPORT -> page.path() + "?step=3&scope=WHOLE&integration=" + integration;
      case IMPORT_RUN -> page.path() + "?id=" + server.importId();
      case KEY -> page.path() + "?id=" + server.keyOf(0);
      case WORKFLOW -> page.path() + "?id=" + server.workflowId();
      case NEW_WORKFLOW ->
          page.path()
              + "?step=5&name=Okta+Passkey+Provisioning&trigger=NEW_SECURITY_KEY_ACTIVATED"
              + "&integration="
              + integration;
      case INTEGRATION -> page.path() + "?id=" + integration;
    };
  }

  private static dev.keysmith.testing.key.VirtualKeyBuilder byHand() {
    return VirtualKey.builder().product("Security Key Bio").touch(TouchPolicy.byHand());
  }

  private static Locator card(com.microsoft.playwright.Page page, Key key) {
    return page.locator("[data-key='" + key.id() + "']");
  }
}
