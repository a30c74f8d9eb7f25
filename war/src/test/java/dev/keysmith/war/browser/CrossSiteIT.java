package dev.keysmith.war.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.browser.Visitors.Invitation;
import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other sites, and strangers, try with a browser that is signed in. */
@ArquillianTest
@RunAsClient
class CrossSiteIT {

  @ArquillianResource URI base;

  private Visitors visitors;

  @BeforeEach
  void invite() {
    visitors = new Visitors(base);
  }

  private APIResponse send(Visit visit, String method, String path, Map<String, String> headers) {
    RequestOptions options =
        RequestOptions.create()
            .setMethod(method)
            .setMaxRedirects(0)
            .setHeader("Content-Type", "application/json");
    headers.forEach(options::setHeader);
    if (method.equals("POST")) {
      options.setData("{}");
    }
    return visit.context().request().fetch(base.resolve(path).toString(), options);
  }

  private String csrfToken(Visit visit) {
    visit.open("/panel/account");
    return visit.page().locator("meta[name=keysmith-csrf]").getAttribute("content");
  }

  @Test
  void letsScriptsOfOurPagesAloneCallTheApiInTheNameOfTheSession() {
    try (Visit visit = visitors.as(Role.ADMINISTRATOR)) {
      Map<String, String> ours =
          Map.of("Sec-Fetch-Site", "same-origin", "X-Keysmith-Csrf", csrfToken(visit));
      String path = "/api/operators/999999/sign-out";

      assertThat(send(visit, "GET", "/api/me", Map.of()).status()).isEqualTo(200);
      assertThat(send(visit, "POST", path, ours).status()).as("comes through").isEqualTo(404);
      assertThat(send(visit, "POST", path, Map.of()).status()).isEqualTo(403);
      assertThat(send(visit, "POST", path, Map.of("Sec-Fetch-Site", "same-origin")).status())
          .as("without the token")
          .isEqualTo(403);
      for (String site : new String[] {"cross-site", "same-site", "none"}) {
        assertThat(
                send(
                        visit,
                        "POST",
                        path,
                        Map.of(
                            "Sec-Fetch-Site", site, "X-Keysmith-Csrf", ours.get("X-Keysmith-Csrf")))
                    .status())
            .as(site)
            .isEqualTo(403);
      }
      assertThat(send(visit, "DELETE", "/api/tokens/1", Map.of()).status()).isEqualTo(403);
    }
  }

  @Test
  void hasTheRightsOfTheRoleAtTheApiToo() {
    try (Visit visit = visitors.as(Role.AUDITOR)) {
      assertThat(send(visit, "GET", "/api/me", Map.of()).text()).contains("AUDITOR");
      assertThat(send(visit, "GET", "/api/operators", Map.of()).status()).isEqualTo(403);
    }
  }

  @Test
  void takesNoFormOfAnotherSite() {
    try (Visit visit = visitors.stranger()) {
      for (Map<String, String> headers :
          java.util.List.of(
              Map.of("Sec-Fetch-Site", "cross-site"),
              Map.of("Origin", "https://evil.example"),
              Map.of("Origin", "null"),
              Map.<String, String>of())) {
        for (String path : new String[] {"/panel/sign-in", "/login/passkey/options"}) {
          assertThat(send(visit, "POST", path, headers).status()).as(path).isEqualTo(403);
        }
      }
      assertThat(
              send(
                      visit,
                      "POST",
                      "/login/passkey/options",
                      Map.of("Origin", base.toString().replaceAll("/$", "")))
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void givesTheSessionAnotherIdAtTheSignInAndKeepsItsCookieFromScriptsAndSites() {
    Invitation ann = visitors.invite(Role.OPERATOR);
    try (Visit visit = visitors.stranger()) {
      visit.open("/panel/sign-in");
      String before = visit.session().value;
      Visitors.setUp(visit, ann);

      assertThat(visit.session().value).isNotEqualTo(before);
      assertThat(visit.session().httpOnly).isTrue();
      assertThat(visit.session().sameSite).isEqualTo(SameSiteAttribute.STRICT);
    }
  }

  @Test
  void comesAgainByItselfWhenAnotherSiteLedHere() {
    try (Visit visit = visitors.stranger()) {
      APIResponse led =
          send(visit, "GET", "/panel/account?x=1", Map.of("Sec-Fetch-Site", "cross-site"));
      assertThat(led.status()).isEqualTo(200);
      assertThat(led.text())
          .contains("http-equiv=\"refresh\" content=\"0;url=/panel/account?x=1\"");

      APIResponse again =
          send(visit, "GET", "/panel/account?x=1", Map.of("Sec-Fetch-Site", "same-origin"));
      assertThat(again.status()).isEqualTo(302);
      assertThat(again.headers().get("location"))
          .isEqualTo("/panel/sign-in?to=%2Fpanel%2Faccount%3Fx%3D1");
    }
  }

  @Test
  void slowsDownWhoGuessesPasswordsButNotTheOperator() {
    Invitation ann = visitors.invite(Role.OPERATOR);
    try (Visit known = visitors.stranger();
        Visit stranger = visitors.stranger()) {
      Visitors.setUp(known, ann);
      known.page().locator("[id='signing-out:sign-out']").click();
      known.page().waitForURL("**/panel/sign-in");
      signIn(known, ann.login(), Visitors.PASSWORD);
      known.page().waitForURL("**/panel/dashboard");
      known.page().locator("[id='signing-out:sign-out']").click();
      known.page().waitForURL("**/panel/sign-in");

      stranger.open("/panel/sign-in");
      for (int i = 0; i < 10; i++) {
        int attempt = i;
        stranger
            .page()
            .waitForResponse(
                "**/panel/sign-in", () -> signIn(stranger, ann.login(), "guess " + attempt));
      }
      signIn(stranger, ann.login(), Visitors.PASSWORD);
      stranger.awaitMessage("Too many sign-ins have failed");

      signIn(known, ann.login(), Visitors.PASSWORD);
      known.page().waitForURL("**/panel/dashboard");
    }
  }

  private static void signIn(Visit visit, String login, String password) {
    visit.page().locator("[id='password-form:login']").fill(login);
    visit.page().locator("[id='password-form:password']").fill(password);
    visit.page().locator("[id='password-form:sign-in']").click();
  }

  @Test
  void tellsBrowsersWhatPagesMayNotDo() {
    try (Visit visit = visitors.as(Role.OPERATOR)) {
      Map<String, String> headers =
          visit.page().navigate(base.resolve("/panel/dashboard").toString()).allHeaders();

      assertThat(headers.get("content-security-policy"))
          .contains("frame-ancestors 'none'", "form-action 'self'", "script-src 'self' 'nonce-")
          .doesNotContain("unsafe-eval");
      assertThat(scripts(headers)).doesNotContain("unsafe-inline");
      assertThat(headers.get("referrer-policy")).isEqualTo("no-referrer");
      assertThat(headers.get("x-content-type-options")).isEqualTo("nosniff");
      assertThat(headers.get("permissions-policy")).contains("camera=()", "usb=()");
      assertThat(headers.get("cache-control")).contains("no-store");
    }
  }

  private static String scripts(Map<String, String> headers) {
    String policy = headers.get("content-security-policy");
    return policy.substring(policy.indexOf("script-src"));
  }
}
