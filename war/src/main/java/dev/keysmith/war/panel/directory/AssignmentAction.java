package dev.keysmith.war.panel.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.bulk.AssignmentRun;
import dev.keysmith.core.bulk.Assignments;
import dev.keysmith.core.bulk.UserSelection;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Assigns passkeys to the users who are ticked in a list, or to all whom the list is of. */
@Named("assignment")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
public class AssignmentAction {

  private static final Pattern COMMA = Pattern.compile(",");
  private static final String EVERYBODY = "all:";

  @Inject Assignments assignments;
  @Inject CurrentOperator current;
  @Inject FacesActions acting;

  private String chosen = "";

  /** The ids of users with commas between them, or {@code all:} and the address of their list. */
  public String getChosen() {
    return chosen;
  }

  /** Called by Faces. */
  public void setChosen(String chosen) {
    this.chosen = chosen;
  }

  /** Begins, and leads to where it can be watched. */
  public void assign() {
    acting.actQuietly(
        () -> {
          AssignmentRun run = assignments.start(current.actor(), selection());
          acting.go(Page.ASSIGNMENT.path() + "?id=" + run.id());
        });
  }

  private UserSelection selection() {
    if (chosen.startsWith(EVERYBODY)) {
      return UserSelection.matching(filters(chosen.substring(EVERYBODY.length())));
    }
    return UserSelection.of(
        COMMA
            .splitAsStream(chosen)
            .filter(id -> id.matches("\\d{1,18}"))
            .map(Long::valueOf)
            .collect(Collectors.toSet()));
  }

  private static Map<String, String> filters(String address) {
    Map<String, String> filters = new HashMap<>();
    String query = Optional.ofNullable(URI.create(address).getRawQuery()).orElse("");
    Arrays.stream(query.split("&"))
        .map(each -> each.split("=", 2))
        .filter(each -> each.length == 2 && UsersPage.FILTERS.contains(each[0]))
        .forEach(each -> filters.put(each[0], URLDecoder.decode(each[1], StandardCharsets.UTF_8)));
    return filters;
  }
}
