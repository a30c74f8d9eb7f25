package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import dev.keysmith.core.access.Role;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.war.it.Api;
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

/** An operator whose security keys are plugged in at a station. */
@ArquillianTest
@RunAsClient
class DeskAtAStationIT {

  @ArquillianResource URI base;
  @TempDir Path directory;

  @Test
  void showsTheKeysOfTheChosenDeskAndRemembersIt() throws Exception {
    try (Scene scene = new Scene(base);
        Visit visit = new Visitors(base).as(Role.OPERATOR);
        StationProgram station = new StationProgram(directory)) {
      scene.importAll();
      long passkeyId = scene.assign(2);
      station.pair(base, code()).run();
      String key = station.bench().create(VirtualKey.builder());
      Page page = visit.open("/panel/station?user=" + scene.userId(2)).page();
      Locator card = page.locator(".ks-slot:has-text('Branch · ')");

      assertThat(page.locator("#elsewhere")).hasText("Security keys at other desks: 1");
      assertThat(card).hasCount(0);
      page.locator("#place").selectOption(new SelectOption().setLabel("Branch (Bern)"));
      assertThat(card).hasCount(1);
      assertThat(page.locator("#elsewhere")).isHidden();
      visit.judge("station-desk");

      visit.open("/panel/station?user=" + scene.userId(2));
      assertThat(card.locator("select")).hasValue(Long.toString(scene.userId(2)));
      card.locator("button[type=submit].ks-primary").click();
      assertThat(card.locator(".ks-chip")).hasText("done");
      assertThat(station.bench().key(key).credentials()).hasSize(1);
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ACTIVE");

      station.kill();
      visit.open("/panel/station");
      assertThat(page.locator("#troubles"))
          .hasText("The station Branch is not connected. Start its program there.");
      page.locator("#place").selectOption("server");
      assertThat(page.locator("#troubles")).isEmpty();
    }
  }

  private String code() {
    return Api.administrator(base)
        .post(
            "/api/stations/pairings",
            Map.of("name", "Branch", "site", "Bern", "serves", "OPERATORS"))
        .json()
        .required("code")
        .asString();
  }
}
