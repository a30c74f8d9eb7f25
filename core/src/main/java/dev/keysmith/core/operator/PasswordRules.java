package dev.keysmith.core.operator;

import dev.keysmith.core.message.MessageCode;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import java.util.Arrays;
import java.util.Locale;

/**
 * Which passwords are taken: long ones that are not easy to guess, without rules about characters
 * (NIST SP 800-63B, section 3.1.1.2).
 */
final class PasswordRules {

  static final int SHORTEST = 12;
  static final int LONGEST = 128;
  private static final int FEWEST_CHARACTERS = 5;

  /** Shorter ones are parts of many words. */
  private static final int SHORTEST_LOGIN = 4;

  private PasswordRules() {}

  static void check(char[] password, String login) {
    if (password.length < SHORTEST || password.length > LONGEST) {
      throw wrong(ProblemMessage.FIELD_LENGTH, SHORTEST, LONGEST);
    }
    if (different(password) < FEWEST_CHARACTERS) {
      throw wrong(OperatorMessage.PASSWORD_DIFFERENT, FEWEST_CHARACTERS);
    }
    if (login.length() >= SHORTEST_LOGIN
        && contains(password, login.toLowerCase(Locale.ROOT).toCharArray())) {
      throw wrong(OperatorMessage.PASSWORD_LOGIN);
    }
    if (Guessability.isEasy(password, login)) {
      throw wrong(OperatorMessage.PASSWORD_EASY);
    }
  }

  private static long different(char[] password) {
    boolean[] seen = new boolean[Character.MAX_VALUE + 1];
    long count = 0;
    for (char each : password) {
      count += seen[each] ? 0 : 1;
      seen[each] = true;
    }
    Arrays.fill(seen, false);
    return count;
  }

  private static boolean contains(char[] password, char[] part) {
    for (int start = 0; part.length > 0 && start + part.length <= password.length; start++) {
      int same = 0;
      while (same < part.length && Character.toLowerCase(password[start + same]) == part[same]) {
        same++;
      }
      if (same == part.length) {
        return true;
      }
    }
    return false;
  }

  private static ProblemException wrong(MessageCode rule, Object... arguments) {
    return ProblemException.invalid(OperatorMessage.PASSWORD).at("password", rule, arguments);
  }
}
