package dev.keysmith.core.passkey;

import dev.keysmith.core.problem.ProblemException;
import java.util.Map;
import java.util.Set;

/**
 * Many users at once: either by their ids, or all that pass filters.
 *
 * @param ids of users; empty if filters choose
 * @param filters of {@link Holders#list}; with none, and no ids, everybody is meant
 */
public record UserSelection(Set<Long> ids, Map<String, String> filters) {

  /** The greatest number of ids. */
  public static final int MAX_IDS = 10_000;

  /** Refuses what is ambiguous. */
  public UserSelection {
    ids = Set.copyOf(ids);
    filters = Map.copyOf(filters);
    if (!ids.isEmpty() && !filters.isEmpty()) {
      throw ProblemException.invalid(
          "selection.ambiguous",
          "Choose users either by their ids or by filters.",
          Map.of("filters", "cannot be given with userIds"));
    }
    if (ids.size() > MAX_IDS) {
      throw ProblemException.invalid(
          "selection.too-many",
          "At most " + MAX_IDS + " users can be chosen by their ids. Use filters for more.",
          Map.of("userIds", "must be at most " + MAX_IDS));
    }
  }

  /** Some users. */
  public static UserSelection of(Set<Long> ids) {
    if (ids.isEmpty()) {
      throw ProblemException.invalid(
          "selection.empty", "Choose at least one user.", Map.of("userIds", "must not be empty"));
    }
    return new UserSelection(ids, Map.of());
  }

  /** All who pass these filters, without any everybody. */
  public static UserSelection matching(Map<String, String> filters) {
    return new UserSelection(Set.of(), filters);
  }
}
