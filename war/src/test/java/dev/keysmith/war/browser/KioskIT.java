package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.war.it.Key;
import dev.keysmith.war.it.Scene;
import dev.keysmith.war.it.StationProgram;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner who plugs the security key in at a kiosk. */
@ArquillianTest
@RunAsClient
class KioskIT {

  @ArquillianResource URI base;
  @TempDir Path directory;

  @Test
  void letsAnOwnerActivateAKeyAtTheKioskThatWasChosen() throws Exception {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).stranger();
        Key elsewhere = new Key(scene);
        StationProgram kiosk = new StationProgram(directory)) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      kiosk.pair(base, pairing(scene)).run();
      String key = kiosk.bench().create(VirtualKey.builder());
      Page page = visit.narrow().page();
      visit.open("/activate#" + code(scene));

      assertThat(page.locator("#place-part")).isVisible();
      assertThat(page.locator("#keys label")).hasCount(0);
      visit.judge("activate-place");
      page.locator("#place").selectOption(new SelectOption().setLabel("Canteen (Bern)"));
      assertThat(page.locator("#keys")).containsText("Canteen · ");
      assertThat(page.locator("#keys")).not().containsText(elsewhere.virtual().serialNumber());
      assertThat(page.locator("#keys label")).hasCount(1);
      page.locator("#key-form button").click();
      page.locator("#pin").fill(Key.PIN);
      page.locator("#again").fill(Key.PIN);
      page.locator("#again").press("Enter");

      assertThat(page.locator("#title-done")).isVisible();
      assertThat(kiosk.bench().key(key).credentials()).hasSize(1);
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ACTIVE");
      assertThat(scene.api().get("/api/station").json().toString()).doesNotContain("Canteen");
    }
  }

  private static String pairing(Scene scene) {
    return scene
        .api()
        .post(
            "/api/stations/pairings", Map.of("name", "Canteen", "site", "Bern", "serves", "OWNERS"))
        .json()
        .required("code")
        .asString();
  }

  private static String code(Scene scene) {
    return scene
        .api()
        .post("/api/activation-codes", Map.of("userId", scene.userId(0)))
        .json()
        .required("text")
        .asString();
  }
}
