package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.keysmith.core.access.Role;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.war.it.Key;
import dev.keysmith.war.it.Scene;
import dev.keysmith.war.it.Waiting;
import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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
        assertThat(card.locator(".ks-danger-zone"))
            .containsText("are revoked: those of " + scene.org().user(0).login());
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
  void leadsOnlyToKeysThatComeAfterTheFirstPersonWasConfirmed() {
    try (Scene scene = new Scene(base);
        Key before = new Key(scene);
        Visit visit = new Visitors(base).as(Role.OPERATOR)) {
      scene.importAll();
      scene.assign(2);
      Page page = visit.page();
      visit.open("/panel/station?user=" + scene.userId(2));
      Locator there = page.locator("[data-key='" + before.id() + "']");
      assertThat(there.locator("select")).hasValue(Long.toString(scene.userId(2)));
      assertThat(page.locator("#lead-hint")).containsText("Keys that are here already wait");

      page.locator("#lead").check();
      assertThat(page.locator("#lead-next")).containsText("Nothing is written until you begin");
      assertThat(there.locator("select")).hasValue("");
      visit.judge("station-lead");
      page.locator("#lead-begin").click();
      assertThat(page.locator("#lead-next")).containsText("Plug in a new security key");
      assertThat(before.virtual().hasPin()).isFalse();

      try (Key fresh = new Key(scene)) {
        Locator card = page.locator("[data-key='" + fresh.id() + "']");
        assertThat(card.locator(".ks-slot-head .ks-chip")).hasText("done");
        assertThat(fresh.virtual().hasPin()).isTrue();
        assertThat(there.locator(".ks-slot-head .ks-chip")).hasText("ready");
        assertThat(before.virtual().hasPin()).isFalse();
        card.locator(".ks-pin-once button").click();
        assertThat(card.locator(".ks-pin-once code")).isVisible();
      }
      page.locator("#lead").uncheck();
      assertThat(page.locator("#lead-panel")).isHidden();
    }
  }

  @Test
  void keepsThePinToHandOverAfterThePortWasFreed() {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).as(Role.OPERATOR);
        Visit other = new Visitors(base).as(Role.ADMINISTRATOR);
        Key key = new Key(scene)) {
      scene.importAll();
      scene.assign(2);
      Page page = visit.page();
      visit.open("/panel/station?user=" + scene.userId(2));
      Locator card = page.locator("[data-key='" + key.id() + "']");
      card.locator("button[type=submit].ks-primary").press("Enter");
      assertThat(card.locator(".ks-slot-head .ks-chip")).hasText("done");
      Locator waiting = page.locator("#pin-list li").first();
      assertThat(waiting).containsText("until");

      card.getByText("Go on with this port").click();
      assertThat(card.locator(".ks-pin-once")).hasCount(0);
      other.open("/panel/station");
      assertThat(other.page().locator("[data-key='" + key.id() + "']")).isVisible();
      assertThat(other.page().locator("#pins")).isHidden();
      assertThat(other.page().locator(".ks-pin-once")).hasCount(0);
      page.reload();
      assertThat(page.locator("#pins")).isVisible();
      visit.judge("station-pins");
      waiting.locator("button").click();
      assertThat(waiting.locator("code")).isVisible();
      assertThat(waiting.locator("code").textContent()).matches("\\d{6,}");
      waiting.locator("button").click();
      assertThat(page.locator("#pin-list code")).hasCount(0);
    }
  }

  @Test
  void offersNothingToWhoHasLeft() {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).as(Role.OPERATOR)) {
      scene.importAll();
      long left = scene.userId(2);
      visit.open("/panel/user?tab=passkeys&id=" + left);
      assertThat(visit.page().locator("#to-station")).isVisible();

      scene.org().changeStatus(scene.org().user(2).id(), OrgUser.Status.DEPROVISIONED);
      scene
          .api()
          .post(
              "/api/imports",
              Map.of(
                  "integrationId",
                  scene.integrationId(),
                  "scope",
                  "WHOLE",
                  "mode",
                  "NEW_AND_UPDATE",
                  "manyMayLeave",
                  true));
      Waiting.eventually(
          () -> {
            JsonNode user = scene.api().get("/api/users/" + left).json().required("user");
            return user.required("status").asString();
          },
          "LEFT"::equals);
      visit.open("/panel/user?tab=passkeys&id=" + left);
      assertThat(visit.page().locator("#tab-passkeys")).isVisible();
      assertThat(visit.page().locator("#to-station")).hasCount(0);
      visit.open("/panel/station?user=" + left);
      assertThat(visit.page().locator("#problem")).containsText("has left");
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
