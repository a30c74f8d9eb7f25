package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.it.StationStub;
import java.net.URI;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** Stations are paired, changed and revoked. */
@ArquillianTest
@RunAsClient
class StationsPageIT {

  @ArquillianResource URI base;

  @Test
  void pairsAStationByALineThatIsShownOnce() {
    try (Visit visit = new Visitors(base).as(Role.ADMINISTRATOR);
        StationStub station = new StationStub(base)) {
      Page page = visit.open("/panel/stations").page();
      page.locator("#new-station").click();
      page.locator("#pair\\:name").fill("Front desk");
      page.locator("#pair\\:site").fill("Berlin");
      visit.judge("station-new");
      page.locator("#pair\\:go").click();
      String command = page.locator("#command").textContent();
      visit.judge("station-code");
      assertThat(command).startsWith("keysmith-station pair " + origin() + " ");

      station.pair(command.substring(command.lastIndexOf(' ') + 1));
      station.connect().plug("k1", "port 4");
      assertThat(row(page, "Front desk")).containsText("Connected");
      assertThat(row(page, "Front desk")).containsText("Security keys: 1");
      visit.judge("stations");

      page.getByLabel("Change the station Front desk").click();
      assertThat(page.locator("#change\\:name")).hasValue("Front desk");
      assertThat(page.locator("#change\\:serves")).hasValue("OPERATORS");
      page.locator("#change\\:name").fill("Lobby");
      page.locator("#change\\:serves").selectOption("OWNERS");
      visit.judge("station-change");
      page.locator("#change\\:go").click();
      assertThat(row(page, "Lobby")).containsText("kiosk");

      page.getByLabel("Revoke the station Lobby").click();
      visit.judge("station-revoke");
      page.locator("#revoke\\:go").click();
      assertThat(row(page, "Lobby")).containsText("Revoked");
      assertThat(station.isRefused()).isTrue();
      visit.open("/panel/stations");
      assertThat(page.locator("#command")).hasCount(0);
    }
  }

  private String origin() {
    return "http://" + base.getHost() + ":" + base.getPort();
  }

  private static com.microsoft.playwright.Locator row(Page page, String name) {
    return page.locator("tbody tr:has-text('" + name + "')");
  }

  @Test
  void withdrawsACode() {
    try (Visit visit = new Visitors(base).as(Role.ADMINISTRATOR)) {
      Page page = visit.open("/panel/stations").page();
      page.locator("#new-station").click();
      page.locator("#pair\\:name").fill("Never paired");
      page.locator("#pair\\:go").click();
      page.locator("#command").waitFor();
      page.getByLabel("Withdraw the pairing code for Never paired").click();
      visit.judge("station-withdraw");
      page.locator("#withdraw\\:go").click();
      assertThat(page.getByLabel("Withdraw the pairing code for Never paired")).hasCount(0);
    }
  }

  @Test
  void isForAdministratorsAlone() {
    try (Visit visit = new Visitors(base).as(Role.OPERATOR)) {
      visit.open("/panel/stations");
      assertThat(visit.page().locator("h1")).hasText("Not for your role");
      visit.forgive("403");
    }
  }
}
