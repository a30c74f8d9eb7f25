package dev.keysmith.war.menu;

import dev.keysmith.core.access.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every page of the panel, in the order of the menu. A page that is not here is not found; one that
 * is here is for the roles that it names.
 */
public enum Page {
  /** Sign-in: password, passkey, OpenID provider. */
  SIGN_IN("sign-in"),
  /** A one-time link leads here: password or passkey of a new operator. */
  SET_UP("set-up"),
  /** Owners of security keys, who have a code and no account. */
  ACTIVATE("activate"),
  /** Something went wrong. */
  ERROR("error"),

  /** What there is, in figures. */
  DASHBOARD("dashboard", "pi-home", Place.OVERVIEW, EnumSet.allOf(Role.class)),

  /** All users. */
  USERS("users", "pi-users", Place.USERS, EnumSet.allOf(Role.class)),
  /** One user. */
  USER("user", USERS, EnumSet.allOf(Role.class)),
  /** Passkeys for many users: how far it is, and who got none. */
  ASSIGNMENT("assignment", USERS, EnumSet.allOf(Role.class)),
  /** All groups. */
  GROUPS("groups", "pi-sitemap", Place.USERS, EnumSet.allOf(Role.class)),
  /** What was imported, and when. */
  IMPORTS("imports", "pi-download", Place.USERS, EnumSet.allOf(Role.class)),
  /** The way to an import, step by step. */
  IMPORT("import", IMPORTS, EnumSet.of(Role.ADMINISTRATOR, Role.OPERATOR)),
  /** One import: how far it is, how it ended. */
  IMPORT_RUN("import-run", IMPORTS, EnumSet.allOf(Role.class)),

  /** Where security keys are plugged in and written. */
  STATION("station", "pi-desktop", Place.KEYS, EnumSet.of(Role.ADMINISTRATOR, Role.OPERATOR)),

  /** All security keys. */
  KEYS("keys", "pi-key", Place.KEYS, EnumSet.allOf(Role.class)),
  /** One security key. */
  KEY("key", KEYS, EnumSet.allOf(Role.class)),

  /** All workflows. */
  WORKFLOWS("workflows", "pi-bolt", Place.AUTOMATION, EnumSet.allOf(Role.class)),
  /** One workflow and what it has decided. */
  WORKFLOW("workflow", WORKFLOWS, EnumSet.allOf(Role.class)),
  /** The way to a workflow, step by step. */
  NEW_WORKFLOW("new-workflow", WORKFLOWS, EnumSet.of(Role.ADMINISTRATOR)),

  /** The identity providers. */
  INTEGRATIONS(
      "integrations",
      "pi-link",
      Place.ADMINISTRATION,
      EnumSet.of(Role.ADMINISTRATOR, Role.AUDITOR)),
  /** The settings of an identity provider. */
  INTEGRATION("integration", INTEGRATIONS, EnumSet.of(Role.ADMINISTRATOR)),
  /** The accounts of operators. */
  OPERATORS("operators", "pi-id-card", Place.ADMINISTRATION, EnumSet.of(Role.ADMINISTRATOR)),

  /** The programs at desks that bring their security keys here. */
  STATIONS("stations", "pi-server", Place.ADMINISTRATION, EnumSet.of(Role.ADMINISTRATOR)),

  /** Credentials of scripts. */
  TOKENS("tokens", "pi-ticket", Place.ADMINISTRATION, EnumSet.of(Role.ADMINISTRATOR)),
  /** Who did what to whom, and when. */
  AUDIT("audit", "pi-history", Place.ADMINISTRATION, EnumSet.of(Role.ADMINISTRATOR, Role.AUDITOR)),

  /** Name, password and passkeys of the signed-in operator. */
  ACCOUNT("account", "pi-user", Place.ELSEWHERE, EnumSet.allOf(Role.class));

  private enum Place {
    OVERVIEW(""),
    USERS("menu.users"),
    KEYS("menu.keys"),
    AUTOMATION("menu.automation"),
    ADMINISTRATION("menu.administration"),
    ELSEWHERE("");

    private final String heading;

    Place(String heading) {
      this.heading = heading;
    }
  }

  /**
   * Pages that stand together in the menu.
   *
   * @param heading the key of the words above them; empty for none
   */
  public record Group(String heading, List<Page> pages) {}

  private static final String ROOT = "/panel/";
  private static final String SUFFIX = ".xhtml";

  private final String file;
  private final String icon;
  private final Place place;
  private final Set<Role> roles;
  private final @Nullable Page above;

  /** A page for everybody, signed in or not. */
  Page(String file) {
    this(file, "", Place.ELSEWHERE, EnumSet.noneOf(Role.class));
  }

  /** A page that is reached from another one. */
  Page(String file, Page above, Set<Role> roles) {
    this.file = file;
    this.icon = "";
    this.place = Place.ELSEWHERE;
    this.roles = roles;
    this.above = above;
  }

  Page(String file, String icon, Place place, Set<Role> roles) {
    this.above = null;
    this.file = file;
    this.icon = icon;
    this.place = place;
    this.roles = roles;
  }

  /** The page at a path of the application, as the container dispatches it. */
  public static Optional<Page> at(String path) {
    String bare = path.endsWith(SUFFIX) ? path.substring(0, path.length() - SUFFIX.length()) : path;
    return Arrays.stream(values()).filter(page -> page.path().equals(bare)).findFirst();
  }

  /** What the menu shows to a role. */
  public static List<Page> menu(Role role) {
    return Arrays.stream(values())
        .filter(page -> page.place != Place.ELSEWHERE && page.isFor(role))
        .toList();
  }

  /** What the menu shows to a role, in groups. */
  public static List<Group> groups(Role role) {
    return Arrays.stream(Place.values())
        .map(
            place ->
                new Group(
                    place.heading,
                    menu(role).stream().filter(page -> page.place == place).toList()))
        .filter(group -> !group.pages().isEmpty())
        .toList();
  }

  /** The page whose entry of the menu stands for this one. */
  public Page inMenu() {
    return above == null ? this : above;
  }

  /** The path in the application, for instance {@code /panel/dashboard}. */
  public String path() {
    return ROOT + file;
  }

  /** The icon of the menu, of PrimeIcons. */
  public String icon() {
    return icon;
  }

  /** The key of the title in the texts. */
  public String title() {
    return "page." + file;
  }

  /** Whether it is shown to people who are not signed in. */
  public boolean isPublic() {
    return roles.isEmpty();
  }

  /** Whether a role may see it. */
  public boolean isFor(Role role) {
    return isPublic() || roles.contains(role);
  }
}
