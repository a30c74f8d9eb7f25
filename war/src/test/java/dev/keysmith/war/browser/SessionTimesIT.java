package dev.keysmith.war.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.RequestOptions;
import dev.keysmith.war.it.Api;
import dev.keysmith.war.it.EventStream;
import dev.keysmith.war.it.ServerAhead;
import dev.keysmith.war.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How long a session is good for, and for what; the server's time is put forward. */
class SessionTimesIT {

  private static final String STREAM = "/api/station/events";
  private static final String LIST = "/panel/users?sort=login";

  @TempDir Path directory;

  @Test
  void endsSessionsInTimeAndAsksAgainBeforeOthersAreLetIn() throws Exception {
    Chromium.get();
    Path log = Path.of(System.getProperty("keysmith.it.log") + "-session-times");
    try (ServerAhead server = new ServerAhead(directory, log);
        Visit visit = new Visitors(server.address()).stranger()) {
      setUp(visit, server);
      asksAgainAfterFiveMinutes(visit, server);
      asksAgainForAPasskey(visit, server);
      endsASessionThatIsNotUsed(visit, server);
      endsASessionThatOnlyAPageUses(visit, server);
      endsASessionInAnyCaseAfterHalfADay(visit, server);
      endsStreamsWhoseRightIsGoneAlthoughNothingHappens(visit, server);
      visit.forgive("status of 40");
    }
  }

  private static void setUp(Visit visit, ServerAhead server) throws IOException {
    Page page = visit.plugInSecurityKey().page();
    visit.openSetUp(server.firstLink());
    page.locator("#login").fill("ann");
    page.locator("#name").fill("Ann Archer");
    page.locator("#password").fill(Visitors.PASSWORD);
    page.locator("#set-password").click();
    page.waitForURL("**/panel/dashboard");
  }

  private static void asksAgainAfterFiveMinutes(Visit visit, ServerAhead server)
      throws IOException {
    Page page = visit.page();
    visit.open("/panel/tokens");
    createToken(page, "at once");
    assertThat(page.locator("#token-text")).containsText("ks_");

    server.pass(Duration.ofMinutes(6));
    visit.open("/panel/tokens");
    assertThat(createdByScript(visit).text()).contains("sign-in.not-fresh");
    createToken(page, "later");
    assertThat(page.locator("#fresh-dialog")).isVisible();
    visit.judge("fresh");
    page.locator("#fresh-password").fill("Marker-not the password");
    page.locator("#fresh-go").click();
    assertThat(page.locator("#fresh-said")).isVisible();
    assertThat(page.locator("#token-text")).hasCount(0);
    page.locator("#fresh-password").fill(Visitors.PASSWORD);
    page.locator("#fresh-go").click();
    assertThat(page.locator("#token-text")).containsText("ks_");
    assertThat(page.locator("#live")).containsText("later");
    assertThat(createdByScript(visit).status()).isEqualTo(201);
  }

  private static void createToken(Page page, String label) {
    page.locator("#new-token").click();
    page.locator("[id='create:label']").fill(label);
    page.locator("[id='create:go']").click();
  }

  private static APIResponse createdByScript(Visit visit) {
    return visit
        .context()
        .request()
        .post(
            visit.address("/api/tokens"),
            byScript(visit).setData(Map.of("label", "by a script", "role", "AUDITOR")));
  }

  private static RequestOptions byScript(Visit visit) {
    return RequestOptions.create()
        .setHeader("Sec-Fetch-Site", "same-origin")
        .setHeader(
            "X-Keysmith-Csrf",
            visit.page().locator("meta[name=keysmith-csrf]").getAttribute("content"));
  }

  private static void asksAgainForAPasskey(Visit visit, ServerAhead server) throws IOException {
    Page page = visit.page();
    server.pass(Duration.ofMinutes(6));
    visit.open("/panel/account");
    page.locator("#passkey-label").fill("Blue key");
    page.locator("#passkey").click();
    page.locator("#fresh-password").fill(Visitors.PASSWORD);
    page.locator("#fresh-go").click();
    page.locator("[id='passkey-list']").getByText("Blue key").waitFor();

    server.pass(Duration.ofMinutes(6));
    visit.open("/panel/operators");
    page.locator("#new-operator").click();
    page.locator("[id='creation:login']").fill("bob");
    page.locator("[id='creation:name']").fill("Bob Baker");
    page.locator("[id='creation:create']").click();
    page.locator("#fresh-passkey").click();
    assertThat(page.locator("#set-up-link")).containsText("/panel/set-up#ks_");
    assertThat(page.locator("#live")).containsText("Bob Baker");
  }

  private static void endsASessionThatIsNotUsed(Visit visit, ServerAhead server)
      throws IOException {
    Page page = visit.page();
    visit.open(LIST);
    server.pass(Duration.ofMinutes(29));
    page.locator("#search").fill("nobody");
    assertThat(page).hasURL(Pattern.compile(".*text=nobody.*"));
    assertThat(page.locator("h1")).hasText("All users");

    server.pass(Duration.ofMinutes(31));
    page.locator("#search").fill("nobody here");
    page.waitForURL(Pattern.compile(".*/panel/sign-in\\?to=.*"));
    visit.awaitMessage("Your session has ended");
    signIn(page);
    page.waitForURL(Pattern.compile(".*/panel/users\\?.*text=nobody.here.*"));
  }

  private static void signIn(Page page) {
    page.locator("[id='password-form:login']").fill("ann");
    page.locator("[id='password-form:password']").fill(Visitors.PASSWORD);
    page.locator("[id='password-form:sign-in']").click();
  }

  private static void endsASessionThatOnlyAPageUses(Visit visit, ServerAhead server)
      throws IOException {
    server.pass(Duration.ofMinutes(20));
    APIResponse quiet =
        visit
            .context()
            .request()
            .get(
                visit.address("/panel/users?part=live"),
                RequestOptions.create().setHeader("X-Keysmith-Quiet", "true").setMaxRedirects(0));
    assertThat(quiet.status()).isEqualTo(200);
    server.pass(Duration.ofMinutes(20));
    visit.open(LIST);
    visit.awaitMessage("Your session has ended");
    signIn(visit.page());
    visit.page().waitForURL(Pattern.compile(".*/panel/users\\?sort=login"));
  }

  private static void endsASessionInAnyCaseAfterHalfADay(Visit visit, ServerAhead server)
      throws IOException {
    for (int i = 0; i < 28; i++) {
      server.pass(Duration.ofMinutes(25));
      assertThat(look(visit)).isEqualTo(200);
    }
    server.pass(Duration.ofMinutes(25));
    assertThat(look(visit)).as("after 12 hours and 5 minutes").isEqualTo(302);
  }

  private static void endsStreamsWhoseRightIsGoneAlthoughNothingHappens(
      Visit visit, ServerAhead server) throws IOException {
    Page page = visit.page();
    visit.open("/panel/tokens");
    signIn(page);
    page.waitForURL("**/panel/tokens");
    JsonNode token = Json.MAPPER.readTree(createdByScript(visit).text());
    Cookie session = visit.session();
    Api anyone = Api.anonymous(server.address());
    Api holder = anyone.with(token.required("text").asString());
    try (EventStream byToken = holder.open(STREAM);
        EventStream bySession = anyone.withCookie(session.name, session.value).open(STREAM)) {
      byToken.next();
      bySession.next();
      visit
          .context()
          .request()
          .delete(
              visit.address("/api/tokens/" + token.required("token").required("id").asLong()),
              byScript(visit));
      page.locator("[id='signing-out:sign-out']").click();
      page.waitForURL("**/panel/sign-in**");

      server.pass(Duration.ofSeconds(21));
      assertThat(byToken.rest()).isEmpty();
      assertThat(bySession.rest()).isEmpty();
    }
  }

  private static int look(Visit visit) {
    return visit
        .context()
        .request()
        .get(visit.address("/panel/account"), RequestOptions.create().setMaxRedirects(0))
        .status();
  }
}
