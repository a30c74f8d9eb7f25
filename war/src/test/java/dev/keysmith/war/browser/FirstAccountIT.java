package dev.keysmith.war.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import dev.keysmith.war.it.Api;
import dev.keysmith.war.it.ServerProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A new server, its first account, and sign-in at an OpenID provider. */
class FirstAccountIT {

  @TempDir Path directory;

  @Test
  void isMadeByTheLinkInTheFileAndOthersComeFromTheOpenIdProvider() throws Exception {
    Chromium.get();
    Path log = Path.of(System.getProperty("keysmith.it.log") + "-first-account");
    try (OpenIdStub provider = new OpenIdStub();
        ServerProcess server = start(provider, log)) {
      URI base = URI.create("http://localhost:" + server.address().getPort() + "/");
      Path file = directory.resolve("keysmith/first-set-up-link");
      String link = Files.readString(file);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");

      setUp(base, link);

      assertThat(file).doesNotExist();
      signsInAtTheProvider(base, provider);
      refusesAnAnswerThatWasNotAskedFor(base, provider);
      refusesWhoHasNoRole(base, provider);
      recordsTheFirstRefusal(
          base, Files.readString(file.resolveSibling("first-api-token")).strip());
      assertThat(Files.readString(log))
          .contains("first-set-up-link")
          .doesNotContain(link.substring(link.indexOf('#') + 1), OpenIdStub.SECRET);
    }
  }

  private ServerProcess start(OpenIdStub provider, Path log) throws Exception {
    return ServerProcess.start(
        directory.resolve("keysmith"),
        log,
        List.of(
            "-Dkeysmith.oidc.issuer=" + provider.issuer(),
            "-Dkeysmith.oidc.client-id=" + OpenIdStub.CLIENT,
            "-Dkeysmith.oidc.client-secret=" + OpenIdStub.SECRET,
            "-Dkeysmith.oidc.label=Example",
            "-Dkeysmith.oidc.role.administrator=Keysmith administrators",
            "-Dkeysmith.oidc.role.operator=Keysmith operators"));
  }

  private static void setUp(URI base, String link) {
    try (Visit visit = new Visitors(base).stranger()) {
      visit.plugInSecurityKey().openSetUp(link);
      visit.judge("first-set-up");
      visit.page().locator("#login").fill("ann");
      visit.page().locator("#name").fill("Ann Archer");
      visit.page().locator("#passkey").click();
      visit.page().waitForURL("**/panel/dashboard");
      assertThat(visit.page().locator(".ks-who").textContent())
          .contains("Ann Archer", "Administrator");
      assertThat(visit.page().locator(".ks-first-steps [aria-current=step]").textContent())
          .contains("Connect your identity provider");
      visit.judge("first-steps");
    }
  }

  private static void signsInAtTheProvider(URI base, OpenIdStub provider) {
    provider.groups = List.of("Everyone", "Keysmith operators");
    try (Visit visit = new Visitors(base).stranger()) {
      visit.open("/panel/account");
      visit.judge("sign-in-openid");
      visit.page().locator("#openid").click();
      visit.page().locator("#continue").click();
      visit.page().waitForURL("**/panel/account");

      assertThat(visit.page().locator(".ks-who").textContent())
          .contains("Olga of the provider", "Operator");
      visit.judge("account-openid").forgive(provider.address().getAuthority());
      APIResponse anew =
          visit
              .context()
              .request()
              .get(
                  visit.address("/login/openid?anew=true&to=/panel/tokens"),
                  RequestOptions.create().setMaxRedirects(0));
      assertThat(anew.headers().get("location")).contains("prompt=login");
    }
  }

  private static void refusesWhoHasNoRole(URI base, OpenIdStub provider) {
    provider.groups = List.of("Everyone");
    provider.nonceOverride = "";
    try (Visit visit = new Visitors(base).stranger()) {
      comeBack(visit);
      visit.awaitMessage("no role in Keysmith");
      visit.forgive(provider.address().getAuthority());
    }
  }

  private static void refusesAnAnswerThatWasNotAskedFor(URI base, OpenIdStub provider) {
    provider.groups = List.of("Keysmith administrators");
    provider.nonceOverride = "of-another-sign-in";
    try (Visit visit = new Visitors(base).stranger()) {
      comeBack(visit);
      visit.awaitMessage("has not let you in");
      visit.open("/login/openid/callback?code=stolen&state=guessed");
      visit.awaitMessage("was not begun here");
      visit.forgive(provider.address().getAuthority());
    }
  }

  /** Of the same act and address the others are counted. */
  private static void recordsTheFirstRefusal(URI base, String token) {
    JsonNode refusals =
        Api.anonymous(base)
            .with(token)
            .get("/api/audit?action=operator.sign-in-failed")
            .json()
            .required("items");
    assertThat(refusals).hasSize(1);
    assertThat(refusals.required(0).required("subject").required("label").asString())
        .isEqualTo("openid");
  }

  private static void comeBack(Visit visit) {
    visit.open("/panel/sign-in");
    Page page = visit.page();
    page.locator("#openid").click();
    page.locator("#continue").click();
  }
}
