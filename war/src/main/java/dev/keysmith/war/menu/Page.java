package dev.keysmith.war.menu;

import dev.keysmith.core.operator.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
  DASHBOARD("dashboard", "pi-home", Place.MENU, EnumSet.allOf(Role.class)),
  /** Where security keys are plugged in and written. */
  STATION("station", "pi-desktop", Place.MENU, EnumSet.of(Role.ADMINISTRATOR, Role.OPERATOR)),
  /** The accounts of operators. */
  OPERATORS("operators", "pi-id-card", Place.MENU, EnumSet.of(Role.ADMINISTRATOR)),
  /** Name, password and passkeys of whoever looks. */
  ACCOUNT("account", "pi-user", Place.ELSEWHERE, EnumSet.allOf(Role.class));

  private enum Place {
    MENU,
    ELSEWHERE
  }

  private static final String ROOT = "/panel/";
  private static final String SUFFIX = ".xhtml";

  private final String file;
  private final String icon;
  private final Place place;
  private final Set<Role> roles;

  /** A page for everybody, signed in or not. */
  Page(String file) {
    this(file, "", Place.ELSEWHERE, EnumSet.noneOf(Role.class));
  }

  Page(String file, String icon, Place place, Set<Role> roles) {
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
        .filter(page -> page.place == Place.MENU && page.isFor(role))
        .toList();
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
