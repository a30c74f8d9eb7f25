package dev.keysmith.core.operator;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An API token that is wanted.
 *
 * @param label what it is for: 1 to 64 characters
 * @param role what it allows
 * @param expires from when on it is refused; null for never
 */
public record NewApiToken(String label, Role role, @Nullable Instant expires) {

  /** Refuses labels that cannot be told apart in lists and logs. */
  public NewApiToken {
    label = label.strip();
    if (label.isEmpty()
        || label.length() > 64
        || label.codePoints().anyMatch(Character::isISOControl)) {
      throw ProblemException.invalid(
          "token.label",
          "A token needs a label of 1 to 64 characters that says what it is for.",
          Map.of("label", "must be 1 to 64 characters on one line"));
    }
  }
}
