package dev.keysmith.war.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.browser.Visitors.Invitation;
import dev.keysmith.war.it.Api;
import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
@RunAsClient
class SignInIT {

  @ArquillianResource URI base;

  private Visitors visitors;

  @BeforeEach
  void invite() {
    visitors = new Visitors(base);
  }

  private static void signIn(Page page, String login, String password) {
    page.locator("[id='password-form:login']").fill(login);
    page.locator("[id='password-form:password']").fill(password);
    page.locator("[id='password-form:sign-in']").click();
  }

  @Test
  void leadsToThePageThatWasAskedForOnceThePasswordIsRight() {
    Invitation ann = visitors.invite(Role.ADMINISTRATOR);
    try (Visit visit = visitors.stranger()) {
      Visitors.setUp(visit, ann);
      visit.page().locator("[id='signing-out:sign-out']").click();
      visit.page().waitForURL("**/panel/sign-in");

      visit.open("/panel/operators?from=a-link");
      visit.judge("sign-in");
      signIn(visit.page(), ann.login(), "not the password");
      visit.awaitMessage("not right");
      visit.judge("sign-in-failed");
      signIn(visit.page(), ann.login(), Visitors.PASSWORD);

      visit.page().waitForURL("**/panel/operators?from=a-link");
    }
  }

  @Test
  void takesNoAddressOfAnotherSiteForThePageToGoTo() {
    Invitation ann = visitors.invite(Role.OPERATOR);
    try (Visit visit = visitors.stranger()) {
      Visitors.setUp(visit, ann);
      for (String to : new String[] {"https://evil.example/", "//evil.example", "/panel/..//x"}) {
        visit.open("/panel/sign-in?to=" + to);
        assertThat(visit.page().url()).isEqualTo(base.resolve("/panel/dashboard").toString());
      }
    }
  }

  @Test
  void letsOperatorsInWithAPasskeyFromTheSetUpOn() {
    Invitation ann = visitors.invite(Role.OPERATOR);
    try (Visit visit = visitors.stranger()) {
      visit.plugInSecurityKey().openSetUp(ann.link());
      visit.page().locator("#set-up-owner").getByText(ann.login()).waitFor();
      assertThat(visit.page().url()).as("the secret has left the address bar").doesNotContain("#");
      visit.judge("set-up");
      visit.page().locator("#passkey").click();
      visit.page().waitForURL("**/panel/dashboard");

      visit.page().locator("[id='signing-out:sign-out']").click();
      visit.page().waitForURL("**/panel/sign-in");
      visit.page().locator("#passkey").click();
      visit.page().waitForURL("**/panel/dashboard");

      visit.open("/panel/account");
      assertThat(visit.page().locator("[id='passkey-list'] li").count()).isEqualTo(1);
      visit.judge("account-with-passkey");
      visit.page().locator("[id='passkey-list'] li button").click();
      visit.judge("account-remove-passkey");
      visit.page().locator("[id='passkey-act:go']").click();
      visit.awaitMessage("only way in");
    }
  }

  @Test
  void recordsAConfirmationThatFailed() {
    Invitation ann = visitors.invite(Role.OPERATOR);
    try (Visit visit = visitors.stranger()) {
      Visitors.setUp(visit, ann);
      Object status =
          visit
              .page()
              .evaluate(
                  "fetch('/login/confirm/passkey', {method: 'POST', body: '{\"credential\": {}}',"
                      + " headers: {'Content-Type': 'application/json', 'X-Keysmith-Csrf':"
                      + " document.querySelector('meta[name=keysmith-csrf]').content}})"
                      + ".then((answer) => answer.status)");
      assertThat((Integer) status).isBetween(400, 499);
      visit.forgive("status of " + status);
    }

    assertThat(
            Api.administrator(base)
                .get("/api/audit?action=operator.confirmation-failed&actor=" + ann.login())
                .json()
                .required("items"))
        .hasSize(1);
  }

  @Test
  void refusesALinkTheSecondTime() {
    Invitation ann = visitors.invite(Role.OPERATOR);
    try (Visit visit = visitors.stranger()) {
      Visitors.setUp(visit, ann);
    }
    try (Visit visit = visitors.stranger()) {
      visit.openSetUp(ann.link());
      visit.awaitMessage("has been used");
      visit.judge("set-up-refused").forgive("400");
    }
  }

  @Test
  void addsPasskeysAndChangesThePasswordOfTheOwnAccount() {
    Invitation ann = visitors.invite(Role.AUDITOR);
    try (Visit visit = visitors.stranger()) {
      Visitors.setUp(visit, ann);
      visit.plugInSecurityKey().open("/panel/account");
      visit.page().locator("#passkey-label").fill("Blue key");
      visit.page().locator("#passkey").click();
      visit.page().locator("[id='passkey-list']").getByText("Blue key").waitFor();

      visit.page().locator("[id='password-form:present']").fill("wrong");
      visit.page().locator("[id='password-form:wanted']").fill("quite other words then");
      visit.page().locator("[id='password-form:change-password']").click();
      visit.awaitMessage("present password is not right");

      visit.page().locator("[id='password-form:present']").fill(Visitors.PASSWORD);
      visit.page().locator("[id='password-form:wanted']").fill("quite other words then");
      visit.page().locator("[id='password-form:change-password']").click();
      visit.awaitMessage("The password is changed");
      visit.open("/panel/account");
      assertThat(visit.page().locator("h1").textContent()).isEqualTo("Your account");

      visit.page().locator("#remove-password").click();
      visit.page().locator("[id='password-act:go']").click();
      visit.awaitMessage("The password is removed");
    }
  }

  @Test
  void sendsABrowserWhoseSessionWasEndedToTheSignInPage() {
    Invitation ann = visitors.invite(Role.ADMINISTRATOR);
    try (Visit visit = visitors.stranger()) {
      Visitors.setUp(visit, ann);
      visit.open("/panel/account");
      Api.administrator(base).post("/api/operators/" + ann.id() + "/sign-out", Map.of());

      visit.page().locator("#sign-out-elsewhere").click();
      visit.page().locator("[id='sessions-act:go']").click();

      visit.page().waitForURL("**/panel/sign-in?to=%2Fpanel%2Faccount&over=true");
      visit.awaitMessage("Your session has ended");
      signIn(visit.page(), ann.login(), Visitors.PASSWORD);
      visit.page().waitForURL("**/panel/account");
    }
  }

  @Test
  void keepsADisabledOperatorOutFromTheNextClickOn() {
    Invitation ann = visitors.invite(Role.OPERATOR);
    try (Visit visit = visitors.stranger()) {
      Visitors.setUp(visit, ann);
      Api.administrator(base).post("/api/operators/" + ann.id() + "/disable", Map.of());

      visit.open("/panel/dashboard");
      assertThat(visit.page().url()).contains("/panel/sign-in");
      signIn(visit.page(), ann.login(), Visitors.PASSWORD);
      visit.awaitMessage("not right");
    }
  }

  @Test
  void hidesPagesThatAreNotForTheRole() {
    for (Role role : Role.values()) {
      try (Visit visit = visitors.as(role)) {
        for (dev.keysmith.war.menu.Page page : dev.keysmith.war.menu.Page.values()) {
          if (!page.isPublic()) {
            int status = visit.page().navigate(base.resolve(page.path()).toString()).status();
            assertThat(status).as("%s for %s", page, role).isEqualTo(page.isFor(role) ? 200 : 403);
          }
        }
        if (role == Role.AUDITOR) {
          visit.open("/panel/operators").judge("forbidden");
        }
        visit.forgive("403");
      }
    }
  }

  @Test
  void saysThatThereIsNoSuchPage() {
    try (Visit visit = visitors.as(Role.AUDITOR)) {
      assertThat(visit.page().navigate(base.resolve("/panel/nothing").toString()).status())
          .isEqualTo(404);
      assertThat(visit.page().locator("h1").textContent()).isEqualTo("Nothing here");
      visit.judge("not-found").forgive("404");
    }
  }

  @Test
  void makesDisablesAndPromotesOperators() {
    try (Visit visit = visitors.as(Role.ADMINISTRATOR)) {
      visit.open("/panel/operators");
      visit.page().locator("#new-operator").click();
      visit.page().locator("[id='creation:login']").fill("made.in.the.panel");
      visit.page().locator("[id='creation:name']").fill("Made in the panel");
      visit.judge("operators-new");
      visit.page().locator("[id='creation:create']").click();
      visit.awaitMessage("Hand over the link");
      assertThat(visit.page().locator("#set-up-link").textContent())
          .startsWith(base.resolve("/panel/set-up#ks_").toString());
      visit.judge("operators-link");

      act(visit, "made.in.the.panel", "Change role");
      visit.page().locator("[id='rolechange:role']").selectOption("AUDITOR");
      visit.page().locator("[id='rolechange:go']").click();
      visit.awaitMessage("The role is changed");
      act(visit, "made.in.the.panel", "Disable");
      visit.judge("operators-disable");
      visit.page().locator("[id='disable:go']").click();
      visit.awaitMessage("disabled and signed out");
      PlaywrightAssertions.assertThat(row(visit, "made.in.the.panel")).containsText("Auditor");
      PlaywrightAssertions.assertThat(row(visit, "made.in.the.panel")).containsText("Disabled");
      act(visit, "made.in.the.panel", "End all sessions");
      visit.page().locator("[id='sessions:go']").click();
      visit.awaitMessage("All sessions are ended");
      act(visit, "made.in.the.panel", "Remove");
      visit.judge("operators-remove");
      visit.page().locator("[id='remove:go']").click();
      visit.awaitMessage("The operator is removed");
      PlaywrightAssertions.assertThat(row(visit, "made.in.the.panel")).hasCount(0);

      row(visit, "you").locator("button").click();
      PlaywrightAssertions.assertThat(visit.page().locator("[data-ask=remove-dialog]")).isHidden();
      visit.judge("operators-own").narrow().picture("operators-telephone");
      visit.open("/panel/audit");
      PlaywrightAssertions.assertThat(visit.page().locator("#live"))
          .containsText("made.in.the.panel");
    }
  }

  private static com.microsoft.playwright.Locator row(Visit visit, String text) {
    return visit
        .page()
        .locator("#live tbody tr")
        .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(text));
  }

  private static void act(Visit visit, String login, String action) {
    row(visit, login).locator("button").click();
    visit
        .page()
        .locator("#acts-dialog")
        .getByText(action, new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true))
        .click();
  }
}
