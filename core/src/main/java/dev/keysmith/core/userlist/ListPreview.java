package dev.keysmith.core.userlist;

import dev.keysmith.core.message.Message;
import java.util.List;

/**
 * What a list of users says, before it is imported.
 *
 * @param encoding how the file is encoded, for instance {@code UTF-8}
 * @param separator what stands between the columns
 * @param titles of the columns; none if the list has but one column without a title
 * @param column which of the columns names the users, 0 for the first
 * @param rows the first ones as they are
 * @param users how many users will be looked up
 * @param faulty how many lines are left out
 * @param faults what is wrong with the first of those
 */
public record ListPreview(
    String encoding,
    String separator,
    List<String> titles,
    int column,
    List<List<String>> rows,
    int users,
    int faulty,
    List<Fault> faults) {

  private static final int FAULTS = 100;

  /** A line that is left out. */
  public record Fault(int line, String user, Message problem) {}

  public static ListPreview of(UserList list) {
    List<Fault> faults =
        list.lines().stream()
            .flatMap(
                line ->
                    line.problem().stream().map(why -> new Fault(line.number(), line.key(), why)))
            .toList();
    return new ListPreview(
        list.encoding(),
        Character.toString(list.separator()),
        list.titles(),
        list.column(),
        list.rows(),
        list.lines().size() - faults.size(),
        faults.size(),
        faults.stream().limit(FAULTS).toList());
  }
}
