package dev.keysmith.core.station;

import dev.keysmith.core.message.MessageCode;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an administrator decides about a station.
 *
 * @param name how people call it: 1 to 64 characters
 * @param site where it stands: at most 64 characters, may be empty
 * @param serves who may use its keys
 * @param groups of whose members keys may be written there; empty for all users
 */
public record StationTerms(String name, String site, Serves serves, List<Long> groups) {

  static final int MOST_CHARACTERS = 64;
  static final int MOST_GROUPS = 50;

  /**
   * Checks the bounds and orders the groups.
   *
   * @throws ProblemException {@code INVALID}
   */
  public StationTerms {
    name = checked("name", name, StationMessage.NAME);
    if (name.isEmpty()) {
      throw wrong("name", StationMessage.NAME);
    }
    site = checked("site", site, StationMessage.SITE);
    groups = List.copyOf(new TreeSet<>(groups));
    if (groups.size() > MOST_GROUPS) {
      throw ProblemException.invalid(StationMessage.TOO_MANY_GROUPS, MOST_GROUPS)
          .at("groups", ProblemMessage.FIELD_WRONG);
    }
  }

  private static String checked(String field, String text, MessageCode code) {
    String stripped = text.strip();
    if (stripped.length() > MOST_CHARACTERS
        || stripped.codePoints().anyMatch(Character::isISOControl)) {
      throw wrong(field, code);
    }
    return stripped;
  }

  private static ProblemException wrong(String field, MessageCode code) {
    return ProblemException.invalid(code, MOST_CHARACTERS)
        .at(field, ProblemMessage.FIELD_LENGTH, field.equals("name") ? 1 : 0, MOST_CHARACTERS);
  }

  /** The groups as they are stored. */
  String groupText() {
    return groups.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  static List<Long> groups(String text) {
    return text.isEmpty() ? List.of() : Arrays.stream(text.split(",")).map(Long::valueOf).toList();
  }
}
