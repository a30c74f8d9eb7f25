package dev.keysmith.core.page;

import dev.keysmith.core.message.MessageCode;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import java.util.Map;

/**
 * Which part of a list is wanted. What may be sorted and filtered by is known to the {@link
 * Listing} of the feature.
 *
 * @param offset how many items to leave out at the beginning
 * @param limit how many items at most, 1 to 500
 * @param sort name of a field, descending with a {@code -} before it; empty for the list's own
 *     order
 * @param filters values by name of the filter
 */
public record PageRequest(int offset, int limit, String sort, Map<String, String> filters) {

  /** The greatest number of items of a page. */
  public static final int MAX_LIMIT = 500;

  /** Checks the bounds. */
  public PageRequest {
    if (offset < 0) {
      throw wrong("offset", ProblemMessage.FIELD_LEAST, 0);
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw wrong("limit", ProblemMessage.FIELD_RANGE, 1, MAX_LIMIT);
    }
    filters = Map.copyOf(filters);
  }

  /** The first fifty of everything. */
  public static PageRequest first() {
    return new PageRequest(0, 50, "", Map.of());
  }

  /** This request with one more filter. */
  public PageRequest with(String filter, String value) {
    Map<String, String> more = new java.util.HashMap<>(filters);
    more.put(filter, value);
    return new PageRequest(offset, limit, sort, more);
  }

  static ProblemException wrong(String parameter, MessageCode why, Object... arguments) {
    return ProblemException.invalid(ListMessage.PARAMETER, parameter).at(parameter, why, arguments);
  }
}
