package dev.keysmith.war.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import dev.keysmith.core.access.Role;
import dev.keysmith.war.it.Api;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who visit the panel of the server under test.
 *
 * <pre>{@code
 * try (Visit visit = visitors.as(Role.OPERATOR)) {
 *   visit.open("/panel/users").judge("users");
 * }
 * }</pre>
 */
final class Visitors {

  static final String PASSWORD = "Marker-four words are enough";

  private static final Map<Role, String> SIGNED_IN = new EnumMap<>(Role.class);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final URI base;

  Visitors(URI base) {
    this.base = base;
  }

  /** A person who is not signed in. */
  Visit stranger() {
    return new Visit(base, Chromium.get().newContext(options()));
  }

  /** A person who is signed in with a role; all visits of a role are one operator's. */
  Visit as(Role role) {
    String state = SIGNED_IN.computeIfAbsent(role, this::signIn);
    return new Visit(base, Chromium.get().newContext(options().setStorageState(state)))
        .patient(now -> SIGNED_IN.put(role, now));
  }

  private String signIn(Role role) {
    try (Visit visit = stranger()) {
      setUp(visit, invite(role));
      return visit.context().storageState();
    }
  }

  /** Makes an operator with a name of its own; gives the login and the set-up link. */
  Invitation invite(Role role) {
    String login = role.name().toLowerCase(Locale.ROOT) + NUMBER.incrementAndGet();
    Api administrator = Api.administrator(base);
    Api.Answer made =
        administrator.post(
            "/api/operators", Map.of("login", login, "name", "Test " + role, "role", role.name()));
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    long id = made.json().required("id").asLong();
    String link =
        administrator
            .post("/api/operators/" + id + "/set-up-link", Map.of())
            .json()
            .required("address")
            .asString();
    return new Invitation(id, login, link);
  }

  /**
   * An operator who can set up.
   *
   * @param id of the account
   * @param login to sign in with
   * @param link that leads to the set-up page
   */
  record Invitation(long id, String login, String link) {}

  /** Follows the link and chooses {@link #PASSWORD}. */
  static void setUp(Visit visit, Invitation invitation) {
    Page page = visit.page();
    visit.openSetUp(invitation.link());
    page.locator("#password").fill(PASSWORD);
    page.locator("#set-password").click();
    page.waitForURL("**/panel/dashboard");
  }

  private static Browser.NewContextOptions options() {
    return options("en-GB");
  }

  /** For a browser in another language. */
  Visit stranger(String language) {
    return new Visit(base, Chromium.get().newContext(options(language)));
  }

  /** A person whose browser has kept what it knew at the end of another visit. */
  Visit returning(String state, String language) {
    return new Visit(base, Chromium.get().newContext(options(language).setStorageState(state)));
  }

  /** Without motion, pictures show how a page is and not how it becomes so. */
  private static Browser.NewContextOptions options(String language) {
    return new Browser.NewContextOptions()
        .setLocale(language)
        .setTimezoneId("Europe/Berlin")
        .setReducedMotion(ReducedMotion.REDUCE);
  }
}
