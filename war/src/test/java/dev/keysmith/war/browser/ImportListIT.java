package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.it.Scene;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
@RunAsClient
class ImportListIT {

  @ArquillianResource URI base;

  private Visitors visitors;

  @BeforeEach
  void invite() {
    visitors = new Visitors(base);
  }

  @Test
  void importsAListOfGermanExcelAfterLookingAtIt() throws IOException {
    try (Scene scene = new Scene(base);
        Visit visit = visitors.as(Role.OPERATOR)) {
      Page page = visit.open("/panel/import?integration=" + scene.integrationId()).page();
      page.locator("#next").click();
      page.locator("#scope-LIST").check();
      page.locator("#next").click();
      page.locator("#next").click();
      assertThat(page.locator("#start-list")).isDisabled();
      visit.judge("import-list");
      Download example = page.waitForDownload(() -> page.locator("#list-example").click());
      assertThat(Files.readString(example.path())).startsWith("login,name");

      choose(page, "staff.xlsx", new byte[] {'P', 'K', 3, 4});
      assertThat(page.locator("#list-problem")).containsText("Save it in the spreadsheet");
      visit.forgive("400");
      assertThat(page.locator("#start-list")).isDisabled();

      String list =
          "Name;Benutzername\r\n"
              + ("J\u00f6rg;" + scene.org().user(0).login() + "\r\n")
              + ("Bob;" + scene.org().user(1).login() + "\r\n")
              + ("Again;" + scene.org().user(1).login() + "\r\n")
              + "Formula;=nobody()\r\n"
              + "Empty;\r\n";
      choose(page, "staff.csv", list.getBytes(Charset.forName("windows-1252")));
      assertThat(page.locator("#list-preview")).containsText("3 users will be looked up");
      assertThat(page.locator("#list-preview")).containsText("2 lines are left out");
      assertThat(page.locator("#list-preview")).containsText("windows-1252");
      assertThat(page.locator("td", with("J\u00f6rg"))).hasCount(1);
      assertThat(page.locator("#list-preview")).containsText("The same as line 3.");
      visit.judge("import-list-preview").narrow().picture("import-list-preview-telephone");
      visit.page().setViewportSize(1280, 720);
      page.locator("#start-list").click();

      assertThat(page.locator("#import-state")).hasText("Done");
      assertThat(page.locator("#created")).hasText("2");
      assertThat(page.locator("#live tbody tr")).hasCount(3);
      visit.judge("import-run-left-out").narrow().picture("import-run-left-out-telephone");
      Download report = page.waitForDownload(() -> page.locator("#problems-csv").click());
      assertThat(Files.readString(report.path(), StandardCharsets.UTF_8))
          .contains("4," + scene.org().user(1).login() + ",The same as line 3.")
          .contains("5,'=nobody(),The identity provider knows no such user.")
          .contains("6,,The line names no user.");
    }
  }

  private static void choose(Page page, String name, byte[] content) {
    page.locator("#list-file").setInputFiles(new FilePayload(name, "text/csv", content));
  }

  private static Page.LocatorOptions with(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
