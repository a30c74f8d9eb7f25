package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.microsoft.playwright.Page;
import dev.keysmith.core.access.Role;
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

/** By the keyboard alone: no mouse, and it is always seen where one is. */
@ArquillianTest
@RunAsClient
class KeyboardIT {

  private static final int MOST_TABS = 120;

  @ArquillianResource URI base;

  @Test
  void assignsAPasskey() {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).as(Role.OPERATOR)) {
      scene.importAll();
      Page page = visit.open("/panel/dashboard").page();

      press(page, "#menu a[href$='/panel/users']");
      page.waitForURL("**/panel/users");
      reach(page, "#search");
      page.keyboard().type(scene.org().user(1).login());
      page.keyboard().press("Enter");
      press(page, "#user-" + scene.userId(1));
      press(page, "#add-passkey");
      press(page, "#add-at-provider");
      press(page, "#create\\:go");

      assertThat(page.locator(".ks-row")).containsText("Waiting until the security key");
      press(page, "[id^=revoke-]");
      assertThat(page.locator("#revoke-dialog")).isVisible();
      page.keyboard().press("Escape");
      assertThat(page.locator("#revoke-dialog")).not().isVisible();
      assertThat(focused(page, "[id^=revoke-]")).isTrue();
    }
  }

  @Test
  void activatesASecurityKey() {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).stranger();
        Key key = new Key(scene, VirtualKey.builder().touch(TouchPolicy.byHand()))) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      Page page = visit.open("/activate").page();

      reachOrStay(page, "#code");
      page.keyboard().type(code(scene));
      page.keyboard().press("Enter");
      assertThat(page.locator("#key-form")).isVisible();
      press(page, "#key-form button");
      assertThat(page.locator("#pin-form")).isVisible();
      reachOrStay(page, "#pin");
      page.keyboard().type(Key.PIN);
      reach(page, "#again");
      page.keyboard().type(Key.PIN);
      page.keyboard().press("Enter");

      assertThat(page.locator("#scene")).hasClass("ks-scene ks-scene-touch");
      key.virtual().touch();
      assertThat(page.locator("#title-done")).isFocused();
      press(page, "#finish");
      assertThat(page.locator("#code")).isFocused();
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ACTIVE");
    }
  }

  private static String code(Scene scene) {
    return scene
        .api()
        .post("/api/activation-codes", Map.of("userId", scene.userId(0)))
        .json()
        .required("text")
        .asString();
  }

  /** Goes there and presses it. */
  private static void press(Page page, String selector) {
    reach(page, selector);
    page.keyboard().press("Enter");
  }

  private static void reachOrStay(Page page, String selector) {
    if (!focused(page, selector)) {
      reach(page, selector);
    }
  }

  /** Moves on until this has the focus, which must be seen. */
  private static void reach(Page page, String selector) {
    page.locator(selector).first().waitFor();
    for (int i = 0; i < MOST_TABS; i++) {
      page.keyboard().press("Tab");
      if (focused(page, selector)) {
        assertThat(page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle"))
            .as("the outline of %s", selector)
            .isNotEqualTo("none");
        return;
      }
    }
    fail("The keyboard does not reach " + selector);
  }

  private static boolean focused(Page page, String selector) {
    return (Boolean)
        page.evaluate("selector => Boolean(document.activeElement?.matches(selector))", selector);
  }
}
