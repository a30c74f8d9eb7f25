package dev.keysmith.core.activation;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.bulk.UserHoldings;
import dev.keysmith.core.bulk.UserSelection;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.CsvTable;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Writer;
import java.util.List;
import java.util.function.Function;

/** Issues activation codes for many users, and writes them on a sheet that is shown once. */
@ApplicationScoped
public class CodeSheet {

  /** The greatest number of users of a sheet. */
  public static final int MAX_USERS = 5_000;

  private static final int STEP = 200;

  /**
   * What is wanted.
   *
   * @param byMail whether to send the codes by e-mail too
   * @param words the texts of messages, in the language of the reader
   */
  public record Order(UserSelection users, boolean byMail, Function<Message, String> words) {}

  @Inject UserHoldings holders;
  @Inject ActivationCodes codes;

  /**
   * Refuses a sheet that cannot be written, before anything is.
   *
   * @throws ProblemException {@code INVALID}, {@code NOT_FOUND}
   */
  public void require(UserSelection selection) {
    holders.require(selection);
    long users = holders.count(selection);
    if (users == 0 || users > MAX_USERS) {
      throw ProblemException.invalid(ActivationMessage.SHEET_SIZE, MAX_USERS, users);
    }
  }

  /**
   * Issues a code for each of the users and writes it down as CSV, one after the other: a code that
   * is on the sheet is valid. Who gets none has the reason in its place.
   *
   * @param to stays the caller's to close
   */
  @Allowed(Role.ADMINISTRATOR)
  public void write(Actor by, Order order, Writer to) {
    try (CsvTable sheet =
        new CsvTable(to, "login", "name", "email", "code", "link", "expires", "problem")) {
      long after = 0;
      List<User> users = holders.chosen(order.users(), after, STEP);
      while (!users.isEmpty()) {
        users.forEach(user -> write(by, user, order, sheet));
        after = users.get(users.size() - 1).id();
        users = holders.chosen(order.users(), after, STEP);
      }
    }
  }

  private void write(Actor by, User user, Order order, CsvTable sheet) {
    String email = user.email().orElse("");
    try (IssuedCode issued = codes.issue(by, user.id(), order.byMail())) {
      sheet.row(
          user.login(),
          user.displayName(),
          email,
          new String(issued.text()),
          issued.link().orElse(""),
          issued.code().expires().toString(),
          "");
    } catch (ProblemException e) {
      String why = order.words().apply(e.message());
      sheet.row(user.login(), user.displayName(), email, "", "", "", why);
    }
  }
}
