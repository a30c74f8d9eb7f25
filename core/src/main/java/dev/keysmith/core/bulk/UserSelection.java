package dev.keysmith.core.bulk;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import java.util.Map;
import java.util.Set;

/**
 * Many users at once: either by their ids, or all that pass filters.
 *
 * @param ids of users; empty if filters choose
 * @param filters of {@link UserHoldings#list}; with none, and no ids, everybody is meant
 */
public record UserSelection(Set<Long> ids, Map<String, String> filters) {

  /** The greatest number of ids. */
  public static final int MAX_IDS = 10_000;

  /** Refuses what is ambiguous. */
  public UserSelection {
    ids = Set.copyOf(ids);
    filters = Map.copyOf(filters);
    if (!ids.isEmpty() && !filters.isEmpty()) {
      throw ProblemException.invalid(AssignmentMessage.SELECTION_AMBIGUOUS)
          .at("filters", ProblemMessage.FIELD_WRONG);
    }
    if (ids.size() > MAX_IDS) {
      throw ProblemException.invalid(AssignmentMessage.SELECTION_TOO_MANY, MAX_IDS)
          .at("userIds", ProblemMessage.FIELD_WRONG);
    }
  }

  /** Some users. */
  public static UserSelection of(Set<Long> ids) {
    if (ids.isEmpty()) {
      throw ProblemException.invalid(AssignmentMessage.SELECTION_EMPTY)
          .at("userIds", ProblemMessage.FIELD_MISSING);
    }
    return new UserSelection(ids, Map.of());
  }

  /** All who pass these filters, without any everybody. */
  public static UserSelection matching(Map<String, String> filters) {
    return new UserSelection(Set.of(), filters);
  }
}
