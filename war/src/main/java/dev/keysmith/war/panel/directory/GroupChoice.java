package dev.keysmith.war.panel.directory;

import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.war.body.FormFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A group at the identity provider that can be chosen.
 *
 * @param id there, without blanks
 * @param ticked whether it is chosen
 */
public record GroupChoice(String id, String name, String description, boolean ticked) {

  private static final int MAX = 500;

  /** The groups that an address names: the id and, after a blank, the name. */
  static List<GroupChoice> of(HttpServletRequest request) {
    return FormFields.of(request).values("group").stream()
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .map(GroupChoice::read)
        .distinct()
        .limit(MAX)
        .toList();
  }

  private static GroupChoice read(String value) {
    int blank = value.indexOf(' ');
    return blank < 0
        ? new GroupChoice(value, value, "", true)
        : new GroupChoice(value.substring(0, blank), value.substring(blank + 1), "", true);
  }

  /** What was found, ticked where it is chosen, after what is chosen and was not found. */
  static List<GroupChoice> merged(List<GroupChoice> chosen, List<DirectoryGroup> found) {
    Set<String> ticked = chosen.stream().map(GroupChoice::id).collect(Collectors.toSet());
    Set<String> there = found.stream().map(DirectoryGroup::id).collect(Collectors.toSet());
    return Stream.concat(
            chosen.stream().filter(each -> !there.contains(each.id())),
            found.stream()
                .map(
                    each ->
                        new GroupChoice(
                            each.id(),
                            each.name(),
                            each.description().orElse(""),
                            ticked.contains(each.id()))))
        .toList();
  }

  /** As an address has it. */
  public String value() {
    return id + " " + name;
  }
}
