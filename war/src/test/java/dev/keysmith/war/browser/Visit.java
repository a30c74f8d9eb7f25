package dev.keysmith.war.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRuleOptions;
import com.deque.html.axecore.args.AxeRunOnlyOptions;
import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A visit to the panel by one person in one browser. At its end there must have been no error on
 * the console and no request to another host.
 */
final class Visit implements AutoCloseable {

  private static final String FITS =
      "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth";
  private static final String AT_REST =
      "() => !document.querySelector('[aria-busy=true]') && document.getAnimations().every("
          + "it => it.playState !== 'running' || !isFinite(it.effect.getComputedTiming().endTime))";

  private final URI base;
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  Visit(URI base, BrowserContext context) {
    this.base = base;
    this.context = context;
    context.setDefaultTimeout(Chromium.PATIENCE);
    context.onRequest(this::watch);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(
                message.type() + " on the console: " + message.text() + " " + message.location());
          }
        });
    page.onPageError(error -> complaints.add("a script failed: " + error));
  }

  private void watch(Request request) {
    URI asked = URI.create(request.url());
    boolean ours = base.getAuthority().equals(asked.getAuthority());
    if (!ours && asked.getScheme().startsWith("http")) {
      complaints.add("a request to another host: " + asked.getAuthority());
    }
  }

  /** The page, to act on. */
  Page page() {
    return page;
  }

  /**
   * Confirms by the password whenever the panel asks, as it does some minutes after sign-in.
   *
   * @param moved is told of the session, which then has another id
   */
  Visit patient(Consumer<String> moved) {
    page.addLocatorHandler(
        page.locator("#fresh-dialog[open]"),
        ignored -> {
          page.locator("#fresh-password").fill(Visitors.PASSWORD);
          page.locator("#fresh-go").click();
          page.locator("#fresh-dialog")
              .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
          moved.accept(context.storageState());
        });
    return this;
  }

  /** The browser of this visit. */
  BrowserContext context() {
    return context;
  }

  /** The cookie of the session. */
  Cookie session() {
    return context.cookies().stream()
        .filter(cookie -> cookie.name.equals("keysmith"))
        .findFirst()
        .orElseThrow();
  }

  /** The whole address of a path of the server. */
  String address(String path) {
    return base.resolve(path).toString();
  }

  /** Opens a path of the server. */
  Visit open(String path) {
    page.navigate(base.resolve(path).toString());
    return this;
  }

  /** Opens a set-up link, and waits until the page knows whose it is. */
  Visit openSetUp(String link) {
    page.waitForResponse(
        "**/login/new-passkey/set-up/owner", () -> page.navigate(base.resolve(link).toString()));
    return this;
  }

  /** Gives the browser a security key that is touched and verifies its user by itself. */
  Visit plugInSecurityKey() {
    CDPSession devTools = context.newCDPSession(page);
    devTools.send("WebAuthn.enable");
    JsonObject options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "usb");
    for (String ability :
        new String[] {
          "hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation"
        }) {
      options.addProperty(ability, true);
    }
    JsonObject wanted = new JsonObject();
    wanted.add("options", options);
    devTools.send("WebAuthn.addVirtualAuthenticator", wanted);
    return this;
  }

  /** Waits for a message of the page that contains these words. */
  void awaitMessage(String words) {
    page.locator(".ks-message, .ks-problem, .ks-note, .ks-ceremony")
        .filter(new Locator.FilterOptions().setHasText(words))
        .first()
        .waitFor();
  }

  /** What is expected, such as the 403 of a page that is not for the role, is no complaint. */
  Visit forgive(String part) {
    complaints.removeIf(complaint -> complaint.contains(part));
    return this;
  }

  /** Judges the page as it is, light and dark, by WCAG 2.1 AA; leaves pictures of both. */
  Visit judge(String name) {
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      picture(name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
      judge(page, name + ", " + scheme, scheme == ColorScheme.LIGHT ? allRules() : colourRules());
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    return this;
  }

  /** Judges any page by WCAG 2.1 AA, and whether what is seen of a control is in its name. */
  static void judge(Page page, String name) {
    judge(page, name, allRules());
  }

  private static AxeRunOptions allRules() {
    AxeRuleOptions on = new AxeRuleOptions();
    on.setEnabled(true);
    AxeRunOptions options =
        only("tag", List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"));
    options.setRules(Map.of("label-content-name-mismatch", on));
    return options;
  }

  /** In another scheme a page has other colours, and nothing else that a rule looks at. */
  private static AxeRunOptions colourRules() {
    return only("rule", List.of("color-contrast", "link-in-text-block"));
  }

  /** What is in order is not described, which would take longer than the rules. */
  private static AxeRunOptions only(String type, List<String> values) {
    AxeRunOnlyOptions only = new AxeRunOnlyOptions();
    only.setType(type);
    only.setValues(values);
    AxeRunOptions options = new AxeRunOptions();
    options.setRunOnly(only);
    options.setResultTypes(List.of("violations"));
    return options;
  }

  private static void judge(Page page, String name, AxeRunOptions options) {
    AxeResults results = new AxeBuilder(page).options(options).analyze();
    assertThat(
            results.getViolations().stream()
                .map(
                    rule ->
                        rule.getId()
                            + ": "
                            + rule.getNodes().stream()
                                .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                .collect(Collectors.joining("\n  ", "\n  ", "\n"))))
        .as("what axe finds on %s", name)
        .isEmpty();
  }

  /** A picture for people, under {@code target/pictures}. */
  Visit picture(String name) {
    page.evaluate("() => window.scrollTo(0, 0)");
    settle();
    page.screenshot(new Page.ScreenshotOptions().setPath(file(name)).setFullPage(true));
    return this;
  }

  /** A picture of what fits on a desk's screen, for the callers that have not seen the panel. */
  Visit poster(String name) {
    page.setViewportSize(1280, 960);
    page.mouse().move(0, 0);
    settle();
    page.screenshot(new Page.ScreenshotOptions().setPath(file("readme-" + name)));
    return wide();
  }

  /** A page is as wide as its window: it needs no sideways scrolling, and nothing is cut off. */
  Visit fits(String name) {
    assertThat((Boolean) page.evaluate(FITS)).as("%s is as wide as its window", name).isTrue();
    return this;
  }

  private static Path file(String name) {
    return Path.of(System.getProperty("keysmith.browser.pictures"), name + ".png");
  }

  /** Waits until nothing is fetched, faded or moved any more, but for what turns for ever. */
  private void settle() {
    page.waitForCondition(() -> (Boolean) page.evaluate(AT_REST));
  }

  /** Looks as a desk's screen does, as from the beginning. */
  Visit wide() {
    page.setViewportSize(1280, 720);
    return this;
  }

  /** Looks as a telephone does. */
  Visit narrow() {
    page.setViewportSize(390, 844);
    return this;
  }

  @Override
  public void close() {
    context.close();
    assertThat(complaints).as("what the browser complained of").isEmpty();
  }
}
