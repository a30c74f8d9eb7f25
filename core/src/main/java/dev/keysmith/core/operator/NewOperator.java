package dev.keysmith.core.operator;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An operator that is wanted.
 *
 * @param login the name to sign in with: 1 to 64 letters, digits and {@code . _ @ + -}
 * @param name what people call the operator: 1 to 128 characters
 * @param role what the operator may do
 */
public record NewOperator(String login, String name, Role role) {

  private static final int LONGEST_NAME = 128;

  /** Refuses names that cannot be told apart in lists and logs. */
  public NewOperator {
    login = login.strip().toLowerCase(Locale.ROOT);
    name = name.strip();
    Map<String, Message> wrong = new LinkedHashMap<>();
    if (!login.matches("[a-z0-9][a-z0-9._@+-]{0,63}")) {
      wrong.put("login", Message.of(OperatorMessage.FIELD_LOGIN));
    }
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.codePoints().anyMatch(Character::isISOControl)) {
      wrong.put("name", Message.of(ProblemMessage.FIELD_LENGTH, 1, LONGEST_NAME));
    }
    if (!wrong.isEmpty()) {
      throw ProblemException.invalid(OperatorMessage.NAMES).at(wrong);
    }
  }
}
