package dev.keysmith.core.directory;

import dev.keysmith.spi.idp.DirectoryUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of users as the identity provider gave it, without repetitions and without those whose
 * data breaks the contract of {@link DirectoryUser}.
 *
 * @param users by identifier; the last one wins
 * @param refused how many were left out because of their data
 */
record UserPage(Map<String, DirectoryUser> users, int refused) {

  private static final int MAX_TEXT = 255;
  private static final int MAX_EMAIL = 320;

  static UserPage of(List<DirectoryUser> items) {
    Map<String, DirectoryUser> users = new LinkedHashMap<>();
    int refused = 0;
    for (DirectoryUser user : items) {
      if (isValid(user)) {
        users.put(user.id(), user);
      } else {
        refused++;
      }
    }
    return new UserPage(users, refused);
  }

  private static boolean isValid(DirectoryUser user) {
    return fits(user.id(), MAX_TEXT)
        && fits(user.login(), MAX_TEXT)
        && fits(user.displayName(), MAX_TEXT)
        && user.email().map(email -> fits(email, MAX_EMAIL)).orElse(true);
  }

  /** Also without NUL, which PostgreSQL does not store. */
  private static boolean fits(String text, int max) {
    return !text.isBlank() && text.length() <= max && text.indexOf('\0') < 0;
  }
}
