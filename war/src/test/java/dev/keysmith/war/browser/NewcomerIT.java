package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.org.PracticeOrg;
import dev.keysmith.war.it.BenchBesideTheServer;
import dev.keysmith.war.it.Scene;
import dev.keysmith.war.it.ServerProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Practice mode as a newcomer meets it: an empty server, and nothing but the links and words of the
 * first steps.
 */
class NewcomerIT {

  private static final String KEY = "Key of the newcomer";
  private static final String OWN_PIN = "Marker-Pin-own-5928";

  @TempDir Path directory;

  @Test
  void isLedFromTheSetUpLinkToASignInWithTheSecurityKeyAndToAWorkflow() throws Exception {
    Chromium.get();
    try (PracticeOrg org = Scene.practice();
        ServerProcess server = start(org)) {
      URI base = URI.create("http://localhost:" + server.address().getPort() + "/");
      try (Visit visit = new Visitors(base).stranger()) {
        visit.openSetUp(Files.readString(directory.resolve("keysmith/first-set-up-link")));
        String key = layOut();
        try {
          walk(visit, key);
        } finally {
          BenchBesideTheServer.bench().delete(key);
        }
        // The page of the practice org is another host, and says by a 401 that it wants a new PIN.
        visit.forgive(URI.create(org.origin()).getAuthority());
      }
    }
  }

  /** A key on the table, which is touched by hand. */
  private static String layOut() {
    String id =
        BenchBesideTheServer.bench()
            .create(VirtualKey.builder().product(KEY).touch(TouchPolicy.byHand()));
    BenchBesideTheServer.bench().key(id).unplug();
    return id;
  }

  private ServerProcess start(PracticeOrg org) throws Exception {
    return ServerProcess.start(
        directory.resolve("keysmith"),
        Path.of(System.getProperty("keysmith.it.log") + "-newcomer"),
        List.of(
            "-Dkeysmith.plugins.dir=" + System.getProperty("keysmith.it.plugins"),
            "-Dkeysmith.plugin.bench.address=" + BenchBesideTheServer.address(),
            "-Dkeysmith.practice.org=" + org.origin(),
            "-Dkeysmith.practice.token=" + Scene.API_TOKEN));
  }

  private static void walk(Visit visit, String key) {
    Page page = visit.page();
    page.locator("#login").fill("nora");
    page.locator("#name").fill("Nora Newcomer");
    page.locator("#password").fill(Visitors.PASSWORD);
    page.locator("#set-password").click();
    page.waitForURL("**/panel/dashboard");
    visit.judge("newcomer-first-steps").narrow().judge("newcomer-first-steps-telephone").wide();

    connect(visit);
    importEverybody(visit);
    assign(visit);
    String pin = write(visit, key);
    signIn(visit, pin);
    automate(visit);
    assertThat(page.locator(".ks-first-steps")).hasCount(0);
  }

  private static void connect(Visit visit) {
    Page page = visit.page();
    step(page, "connect").click();
    assertThat(page.locator("[data-setting=origin] input")).not().hasValue("");
    String token = page.locator("#practice-token").textContent();
    page.locator("[data-setting=api-token] textarea").fill(token);
    page.locator("#settings\\:test").click();
    assertThat(page.locator(".ks-answer.ks-good")).isVisible();
    visit.judge("newcomer-connect");
    page.locator("#settings\\:save").click();
    assertThat(page.locator("[id^=import-]")).isVisible();
    backToTheSteps(page);
  }

  private static void importEverybody(Visit visit) {
    Page page = visit.page();
    step(page, "import").click();
    for (int i = 0; i < 3; i++) {
      page.locator("#next").click();
    }
    page.locator("#submission\\:submit").click();
    assertThat(page.locator("#import-state")).hasText("Done");
    backToTheSteps(page);
  }

  private static void assign(Visit visit) {
    Page page = visit.page();
    step(page, "assign").click();
    page.getByText("Ann Archer").click();
    page.locator("#add-passkey").click();
    page.locator("#add-at-provider").click();
    page.locator("#create\\:go").click();
    assertThat(page.locator(".ks-row")).containsText("Waiting");
    backToTheSteps(page);
  }

  private static String write(Visit visit, String key) {
    Page page = visit.page();
    step(page, "write").click();
    assertThat(page.locator("#nothing")).isVisible();
    Page org = visit.context().waitForPage(() -> page.locator(".ks-practice a").click());
    org.getByLabel("Plug in " + KEY).click();

    Locator card = page.locator("[data-key='" + key + "']");
    assertThat(card.locator("select")).not().hasValue("");
    visit.judge("newcomer-station");
    card.locator("button[type=submit].ks-primary").click();
    assertThat(card.locator(".ks-scene-touch")).isVisible();
    org.getByLabel("Touch " + KEY).click();
    card.locator(".ks-pin-once button").click();
    String pin = card.locator(".ks-pin-once code").textContent();
    org.close();
    backToTheSteps(page);
    return pin;
  }

  private static void signIn(Visit visit, String pin) {
    Page page = visit.page();
    Page org = visit.context().waitForPage(() -> step(page, "sign-in").click());
    Visit.judge(org, "practice-org");
    org.getByLabel("Sign in with " + KEY).click();
    org.locator("#pin").fill(pin);
    org.locator("#sign-in-go").click();
    org.locator("#new-pin").fill(OWN_PIN);
    org.locator("#sign-in-go").click();
    org.locator("#sign-in-result + button").click();
    assertThat(org.locator("#sign-in-result")).hasText("Signed in as ann.archer@example.org.");
    org.close();
    assertThat(page.locator("#first-sign-in")).hasClass("ks-past");
  }

  private static void automate(Visit visit) {
    Page page = visit.page();
    step(page, "automate").click();
    page.locator(".ks-pick").click();
    for (int i = 0; i < 3; i++) {
      page.locator("#next").click();
    }
    page.locator("#submission\\:submit").click();
    assertThat(page.locator("h1")).hasText("Okta Passkey Provisioning");
    backToTheSteps(page);
  }

  /** The button of the step that is the next one. */
  private static Locator step(Page page, String name) {
    return page.locator("#first-" + name + "[aria-current=step] a.ks-primary");
  }

  private static void backToTheSteps(Page page) {
    page.locator(".ks-brand").click();
    page.waitForURL("**/panel/dashboard");
  }
}
