package dev.keysmith.core.imports;

import dev.keysmith.core.message.Message;
import dev.keysmith.spi.Text;
import dev.keysmith.spi.idp.DirectoryUser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of users as the identity provider gave it, without repetitions and without those whose
 * data breaks the contract of {@link DirectoryUser}.
 *
 * @param users by identifier; the last one wins
 * @param refused who were left out because of their data
 */
record UserPage(Map<String, DirectoryUser> users, List<Refused> refused) {

  private static final int MAX_TEXT = 255;
  private static final int MAX_EMAIL = 320;

  /**
   * A user who was left out.
   *
   * @param user the login or the id, as much of it as can be stored; may be empty
   * @param why the reason
   */
  record Refused(String user, Message why) {}

  static UserPage of(List<DirectoryUser> items) {
    Map<String, DirectoryUser> users = new LinkedHashMap<>();
    List<Refused> refused = new ArrayList<>();
    for (DirectoryUser user : items) {
      Optional<ImportMessage> wrong = wrong(user);
      if (wrong.isEmpty()) {
        users.put(user.id(), user);
      } else {
        refused.add(new Refused(name(user), Message.of(wrong.get())));
      }
    }
    return new UserPage(users, refused);
  }

  private static Optional<ImportMessage> wrong(DirectoryUser user) {
    if (!fits(user.id(), MAX_TEXT)) {
      return Optional.of(ImportMessage.USER_ID);
    }
    if (!fits(user.login(), MAX_TEXT)) {
      return Optional.of(ImportMessage.USER_LOGIN);
    }
    if (!fits(user.displayName(), MAX_TEXT)) {
      return Optional.of(ImportMessage.USER_NAME);
    }
    return user.email()
        .filter(email -> !fits(email, MAX_EMAIL))
        .map(it -> ImportMessage.USER_EMAIL);
  }

  private static String name(DirectoryUser user) {
    String name = user.login().isBlank() ? user.id() : user.login();
    return Text.cut(name, MAX_TEXT).replace('\0', '?');
  }

  /** Also without NUL, which PostgreSQL does not store. */
  private static boolean fits(String text, int max) {
    return !text.isBlank() && text.length() <= max && text.indexOf('\0') < 0;
  }
}
