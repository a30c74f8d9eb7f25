package dev.keysmith.war.panel.list;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.directory.Groups;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.StateLabels;
import dev.keysmith.war.panel.page.Viewer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The filters of a list that came by a link and have no field of their own: the page shows each,
 * and a search keeps them.
 */
@Named("chosenFilters")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class ChosenFilters {

  @Inject Viewer viewer;
  @Inject StateLabels states;
  @Inject Groups groups;
  @Inject Users users;
  @Inject Integrations integrations;

  /**
   * A filter.
   *
   * @param label name and value, in the language of the viewer
   * @param without the address of the list without it
   */
  public record Chosen(String name, String value, String label, String without) {}

  /**
   * The filters that are set.
   *
   * @param fields the names of those that a field of the page shows, with spaces between them
   */
  public List<Chosen> of(ListView<?> list, String fields) {
    List<String> shown = Arrays.asList(fields.split(" "));
    return list.filters().entrySet().stream()
        .filter(each -> !shown.contains(each.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(each -> chosen(list, each.getKey(), each.getValue()))
        .toList();
  }

  private Chosen chosen(ListView<?> list, String name, String value) {
    String label = viewer.text("filter." + name, words(name, value));
    return new Chosen(name, value, label, list.with(name, ""));
  }

  private String words(String name, String value) {
    return switch (name) {
      case "group" -> named(value, id -> groups.find(id).name());
      case "integration" -> named(value, id -> integrations.find(id).label());
      case "owner", "user" -> named(value, id -> users.find(id).displayName());
      case "key" -> key(value);
      default -> viewer.getTexts().textOr("filter." + name + "-" + value, value);
    };
  }

  private String key(String value) {
    return Arrays.stream(SecurityKey.State.values())
        .filter(state -> state.name().equals(value))
        .findFirst()
        .map(state -> viewer.text(states.key(state)))
        .orElseGet(() -> viewer.getTexts().textOr("filter.key-" + value, value));
  }

  /** An id that names nothing stays as it is: the list says that nothing matches. */
  private static String named(String value, LongFunction<String> source) {
    try {
      return source.apply(Long.parseLong(value));
    } catch (NumberFormatException | ProblemException e) {
      return value;
    }
  }
}
