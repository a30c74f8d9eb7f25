package dev.keysmith.core.apitoken;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import java.time.Instant;
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
      throw ProblemException.invalid(TokenMessage.LABEL)
          .at("label", ProblemMessage.FIELD_LENGTH, 1, 64);
    }
  }
}
