package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.it.Scene;
import java.net.URI;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all lists, dialogs and wizards have in common. */
@ArquillianTest
@RunAsClient
class ListsIT {

  @ArquillianResource URI base;

  private Visitors visitors;

  @BeforeEach
  void invite() {
    visitors = new Visitors(base);
  }

  @Test
  void showsAFilterThatCameByALinkAndKeepsItAndTheOrderWhenSearching() {
    try (Scene scene = new Scene(base);
        Visit visit = visitors.as(Role.AUDITOR)) {
      scene.importAll();
      String link = "/panel/users?key=NONE&sort=-name&integration=" + scene.integrationId();
      Page page = visit.open(link).page();
      assertThat(page.locator(".ks-chosen")).containsText("Security key: none in use");
      visit.judge("users-filtered");

      page.locator("#search").fill(scene.org().user(1).login());
      assertThat(page.locator("tbody tr")).hasCount(1);
      assertThat(page).hasURL(Pattern.compile(".*key=NONE.*"));
      assertThat(page).hasURL(Pattern.compile(".*sort=-name.*"));

      page.locator("#without-key").click();
      assertThat(page.locator(".ks-chosen")).not().containsText("Security key");
      page.locator("#search").fill("");
      assertThat(page.locator("tbody tr")).hasCount(6);
      assertThat(page).not().hasURL(Pattern.compile(".*key=NONE.*"));
    }
  }

  @Test
  void leadsOnByEnterAndKeepsWhatWasTyped() {
    try (Scene scene = new Scene(base);
        Visit visit = visitors.as(Role.ADMINISTRATOR)) {
      Page page =
          visit.open("/panel/new-workflow?step=2&integration=" + scene.integrationId()).page();
      page.locator("#name").fill("By Enter " + scene.integrationId());
      page.locator("#name").press("Enter");
      assertThat(page.locator("#trigger-NEW_SECURITY_KEY_ACTIVATED")).isChecked();
      page.locator("#trigger-NEW_SECURITY_KEY_ACTIVATED").press("Enter");
      page.locator("#search").fill("Sta");
      page.locator("#search").press("Enter");
      assertThat(page.locator("#search")).isVisible();
      assertThat(page).hasURL(Pattern.compile(".*search=Sta.*"));

      page.getByText("Previous", new Page.GetByTextOptions().setExact(true)).click();
      page.getByText("Previous", new Page.GetByTextOptions().setExact(true)).click();
      page.getByText("Previous", new Page.GetByTextOptions().setExact(true)).click();
      page.locator("#catalogue-" + scene.integrationId()).click();
      assertThat(page.locator("#name")).hasValue("By Enter " + scene.integrationId());
    }
  }

  @Test
  void searchesGroupsByEnterInsteadOfLeavingTheStep() {
    try (Scene scene = new Scene(base);
        Visit visit = visitors.as(Role.OPERATOR)) {
      String step = "/panel/import?step=2&scope=GROUPS&integration=" + scene.integrationId();
      Page page = visit.open(step).page();
      page.locator("#search").fill("Sta");
      page.locator("#search").press("Enter");
      assertThat(page.getByLabel("Staff")).isVisible();
      assertThat(page).hasURL(Pattern.compile(".*search=Sta.*"));
    }
  }

  @Test
  void emptiesADialogThatIsOpenedAgainAndReturnsTheFocusWhenItCloses() {
    try (Visit visit = visitors.as(Role.ADMINISTRATOR)) {
      Page page = visit.open("/panel/operators").page();
      page.locator("#new-operator").click();
      page.locator("#creation\\:login").fill("left.over");
      page.locator("#creation\\:create").click();
      assertThat(page.locator("#creation\\:name-wrong")).not().isEmpty();
      page.keyboard().press("Escape");
      assertThat(page.locator("#new-operator")).isFocused();
      page.locator("#new-operator").click();
      assertThat(page.locator("#creation\\:login")).hasValue("");
      assertThat(page.locator("#creation\\:name-wrong")).isEmpty();
      page.keyboard().press("Escape");

      page.locator("[id^=acts-]").first().click();
      page.locator("#acts-dialog [data-ask=invite-dialog]").click();
      page.keyboard().press("Escape");
      assertThat(page.locator("[id^=acts-]").first()).isFocused();
    }
  }

  @Test
  void keepsEachColumnInSightHoweverLongAName() {
    try (Scene scene = new Scene(base);
        Visit visit = visitors.as(Role.OPERATOR)) {
      String name = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamten";
      scene.org().addUser(name, name, name + "@example.org");
      scene.importAll();
      Page page = visit.open("/panel/users?integration=" + scene.integrationId()).page();

      page.setViewportSize(1280, 800);
      Object overflow =
          page.locator(".ks-scroll").evaluate("it => it.scrollWidth - it.clientWidth");
      assertThat(((Number) overflow).intValue()).isZero();
    }
  }
}
