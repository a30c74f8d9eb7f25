package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.war.it.Key;
import dev.keysmith.war.it.Scene;
import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** The page of owners, on a telephone. */
@ArquillianTest
@RunAsClient
class ActivationPageIT {

  @ArquillianResource URI base;

  @Test
  void leadsTheOwnerOfALinkFromThePlugToThePasskey() {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).stranger()) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      Page page = visit.narrow().page();

      visit.open("/activate#" + issue(scene, 0));
      assertThat(page.locator("#title-key")).hasText("Hello " + "Ann Archer");
      assertThat(page.locator("#waiting")).containsText("Org at");
      assertThat(page.url()).endsWith("/panel/activate");
      visit.judge("activate-plug");

      try (Key key = new Key(scene, VirtualKey.builder().touch(TouchPolicy.byHand()))) {
        page.locator("#key-form button").click();
        page.locator("#pin").fill("1234");
        assertThat(page.locator("#pin-rules li.ks-kept")).hasCount(0);
        page.locator("#pin").fill(Key.PIN);
        page.locator("#again").fill(Key.PIN);
        visit.judge("activate-pin");
        page.locator("#again").press("Enter");

        assertThat(page.locator("#scene")).hasClass("ks-scene ks-scene-touch");
        visit.judge("activate-touch");
        key.virtual().touch();
        assertThat(page.locator("#title-done")).isVisible();
        assertThat(page.locator("#done-list")).containsText("Org at");
        visit.judge("activate-done");
      }
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ACTIVE");
      page.locator("#finish").click();
      assertThat(page.locator("#code")).isFocused();
    }
  }

  @Test
  void goesOnAfterAChangeOfTheLanguageAndShowsNoKeysOfOthers() {
    try (Scene scene = new Scene(base);
        Key others = new Key(scene);
        Key own = new Key(scene, VirtualKey.builder().touch(TouchPolicy.byHand()));
        Visit visit = new Visitors(base).stranger()) {
      scene.importAll();
      others.write(1);
      scene.assign(0);
      Page page = visit.page();
      visit.open("/activate#" + issue(scene, 0));
      assertThat(page.locator("#others")).containsText("belong to other people: 1");
      assertThat(page.locator("#keys label")).hasCount(1);

      page.reload();
      assertThat(page.locator("#title-key")).isVisible();
      visit.judge("activate-others");
      page.locator("#language").selectOption("de");
      assertThat(page.locator("#title-key")).hasText("Guten Tag, Ann Archer");

      page.locator("#key-form button").click();
      page.locator("#pin").fill(Key.PIN);
      page.locator("#again").fill(Key.PIN);
      page.locator("#again").press("Enter");
      assertThat(page.locator("#scene")).hasClass("ks-scene ks-scene-touch");
      page.reload();
      assertThat(page.locator("#scene")).hasClass("ks-scene ks-scene-touch");
      own.virtual().touch();
      assertThat(page.locator("#title-done")).isVisible();
      page.locator("#finish").click();
      page.reload();
      assertThat(page.locator("#code")).isVisible();
    }
  }

  @Test
  void asksAgainWhereSomethingIsWrong() {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).stranger("de-DE")) {
      scene.importAll();
      scene.assign(0);
      Page page = visit.page();

      visit.open("/activate");
      page.locator("#code").press("Enter");
      assertThat(page.locator("#problem")).hasText("Geben Sie Ihren Aktivierungscode ein.");
      page.locator("#code").pressSequentially("abcd0000zzzz");
      assertThat(page.locator("#code")).hasValue("ABCD-0000-ZZZZ");
      page.locator("#code").press("Enter");
      assertThat(page.locator("#problem")).containsText("gilt nicht");
      visit.forgive("400").judge("activate-wrong-code");

      page.locator("#code").fill(issue(scene, 0).toLowerCase(java.util.Locale.ROOT));
      page.locator("#code").press("Enter");
      try (Key key = new Key(scene)) {
        page.locator("#key-form button").click();
        page.locator("#pin").fill(Key.PIN);
        page.locator("#again").fill("another");
        page.locator("#again").press("Enter");
        assertThat(page.locator("#problem")).hasText("Die PIN erfüllt noch nicht alle Regeln.");
        assertThat(key.virtual().hasPin()).isFalse();
        page.locator("#again").fill(Key.PIN);
      }
      page.locator("#again").press("Enter");
      assertThat(page.locator("#problem")).containsText("steckt nicht mehr");
      visit.forgive("404");
    }
  }

  private static String issue(Scene scene, int number) {
    return scene
        .api()
        .post("/api/activation-codes", Map.of("userId", scene.userId(number)))
        .json()
        .required("text")
        .asString();
  }
}
