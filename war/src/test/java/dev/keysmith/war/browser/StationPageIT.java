package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.keysmith.core.access.Role;
import dev.keysmith.testing.key.TouchPolicy;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.war.it.Key;
import dev.keysmith.war.it.Scene;
import java.net.URI;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** The desk where operators write security keys. */
@ArquillianTest
@RunAsClient
class StationPageIT {

  @ArquillianResource URI base;

  @Test
  void writesAKeyForWhoeverWaitsAndShowsTheRandomPinOnce() {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).as(Role.OPERATOR)) {
      scene.importAll();
      long passkeyId = scene.assign(2);
      Page page = visit.page();
      visit.open("/panel/station?user=" + scene.userId(2));
      assertThat(page.locator("#nothing")).isVisible();
      visit.judge("station-empty");

      try (Key key = new Key(scene, VirtualKey.builder().touch(TouchPolicy.byHand()))) {
        Locator card = page.locator("[data-key='" + key.id() + "']");
        assertThat(card.locator("select")).hasValue(Long.toString(scene.userId(2)));
        visit.judge("station-ready");
        card.locator("button[type=submit].ks-primary").press("Enter");

        assertThat(card.locator(".ks-scene-touch")).containsText("Touch the security key now.");
        visit.judge("station-touch");
        key.virtual().touch();
        assertThat(card.locator(".ks-chip")).hasText("done");
        card.locator(".ks-pin-once button").click();
        assertThat(card.locator(".ks-pin-once code")).isVisible();
        assertThat(card.locator(".ks-pin-once code").textContent()).matches("\\d{6,}");
        visit.judge("station-done");
        assertThat(key.virtual().mustChangePin()).isTrue();
      }
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ACTIVE");
    }
  }

  @Test
  void erasesAKeyOnlyByATypedWordAndLeadsThroughIt() {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).as(Role.ADMINISTRATOR)) {
      scene.importAll();
      scene.assign(0);
      try (Key key = new Key(scene)) {
        key.write(0);
        Page page = visit.page();
        visit.narrow().open("/panel/station");
        Locator card = page.locator("[data-key='" + key.id() + "']");
        card.locator("summary").last().click();
        card.locator("input[id^=look]").fill(Key.PIN);
        card.locator("input[id^=look]").press("Enter");
        assertThat(card.locator(".ks-more .ks-list")).containsText("made by Keysmith");
        card.locator(".ks-danger").click();
        assertThat(card.locator(".ks-danger-zone .ks-problem")).containsText("Nothing was erased");
        visit.judge("station-erase");
        assertThat(key.virtual().hasPin()).isTrue();

        card.locator("input[id^=erase]").fill("erase");
        card.locator(".ks-danger").click();
        assertThat(page.locator("#cards")).containsText("Pull the security key out now.");
        key.virtual().unplug();
        assertThat(page.locator("#cards")).containsText("Plug it in again");
        key.virtual().plugIn();
        assertThat(page.locator("#cards")).containsText("has no PIN and no passkeys");
        assertThat(key.virtual().hasPin()).isFalse();
        visit.forgive("400");
      }
    }
  }

  @Test
  void takesAKeyIntoStock() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene);
        Visit visit = new Visitors(base).as(Role.OPERATOR)) {
      Page page = visit.open("/panel/station").page();
      Locator card = page.locator("[data-key='" + key.id() + "']");
      card.locator("summary").first().click();
      card.locator("input[id^=tag]").fill("S-0042");
      card.locator("input[id^=tag]").press("Enter");
      assertThat(card).containsText("In the inventory as S-0042");
      assertThat(
              scene
                  .api()
                  .get("/api/keys?search=S-0042")
                  .json()
                  .required("items")
                  .required(0)
                  .required("state")
                  .asString())
          .isEqualTo("IN_STOCK");
    }
  }

  @Test
  void isNotForAuditors() {
    try (Visit visit = new Visitors(base).as(Role.AUDITOR)) {
      visit.open("/panel/station");
      assertThat(visit.page().locator("h1")).hasText("Not for your role");
      visit.forgive("403");
    }
  }
}
