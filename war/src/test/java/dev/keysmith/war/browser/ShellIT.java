package dev.keysmith.war.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.access.Role;
import dev.keysmith.war.menu.Page;
import java.net.URI;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
@RunAsClient
class ShellIT {

  @ArquillianResource URI base;

  private Visitors visitors;

  @BeforeEach
  void invite() {
    visitors = new Visitors(base);
  }

  @Test
  void canBeUsedByEverybodyOnEveryPageInLightAndDark() {
    try (Visit visit = visitors.as(Role.ADMINISTRATOR)) {
      for (Page page : Page.values()) {
        if (!page.isPublic()) {
          visit.open(page.path());
          assertThat(visit.page().locator("h1").textContent()).isNotBlank();
          visit.judge(page.name().toLowerCase(java.util.Locale.ROOT));
        }
      }
    }
  }

  @Test
  void foldsItsMenuOnATelephone() {
    try (Visit visit = visitors.as(Role.ADMINISTRATOR)) {
      visit.narrow().open("/panel/dashboard");
      assertThat(visit.page().locator("#menu").isVisible()).isFalse();
      visit.judge("telephone");

      visit.page().locator("#menu-button").press("Enter");
      assertThat(visit.page().locator("#menu").isVisible()).isTrue();
      visit.judge("telephone-menu");

      visit.page().keyboard().press("Escape");
      assertThat(visit.page().locator("#menu").isVisible()).isFalse();
    }
  }

  @Test
  void speaksTheLanguageOfTheBrowserOrTheOneThatIsChosen() {
    try (Visit visit = visitors.stranger("de-DE")) {
      visit.open("/panel/sign-in");
      assertThat(visit.page().title()).isEqualTo("Anmelden · Keysmith");
      assertThat(visit.page().locator("html").getAttribute("lang")).isEqualTo("de");
      visit.judge("sign-in-de");

      visit.page().locator("#language").selectOption("en");
      visit.page().waitForCondition(() -> visit.page().title().equals("Sign in · Keysmith"));
    }
  }

  @Test
  void saysThatNoUserIsThereOnAPageWhoseScriptsRun() {
    try (Visit visit = visitors.as(Role.AUDITOR)) {
      visit.open("/panel/user?id=999999999").forgive("status of 404");

      assertThat(visit.page().locator("h1").textContent()).isEqualTo("Nothing here");
      assertThat(visit.page().locator("#content").textContent())
          .contains("This user does not exist (any more).");
    }
  }
}
