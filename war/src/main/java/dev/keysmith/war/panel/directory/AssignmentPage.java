package dev.keysmith.war.panel.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.bulk.AssignmentDecision;
import dev.keysmith.core.bulk.AssignmentRun;
import dev.keysmith.core.bulk.Assignments;
import dev.keysmith.core.bulk.BulkRun;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.list.ListQuery;
import dev.keysmith.war.panel.list.ListView;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Parameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passkeys for many users: how far it is, and who got none and why. */
@Named("assigned")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class AssignmentPage {

  @Inject Assignments assignments;
  @Inject Users users;
  @Inject CurrentOperator current;
  @Inject FacesActions acting;
  @Inject HttpServletRequest request;

  private @Nullable AssignmentRun run;
  private @Nullable ListView<Row> list;

  /**
   * What became of a user.
   *
   * @param user about whom
   */
  public record Row(AssignmentDecision decision, User user) {}

  /** An address that names no assignment leads to all users. */
  public void arrive() {
    if (Parameters.optionalId(request, "id").isEmpty()) {
      acting.go(Page.USERS.path());
    }
  }

  /** The assignment; the address says which. */
  public AssignmentRun getRun() {
    if (run == null) {
      run = assignments.find(Parameters.id(request, "id"));
    }
    return run;
  }

  /** Whether it goes on. */
  public boolean isRunning() {
    return getRun().state() == BulkRun.State.RUNNING;
  }

  /** What became of each user. */
  public ListView<Row> getList() {
    if (list == null) {
      ListQuery query =
          ListQuery.of(request, Page.ASSIGNMENT.path(), List.of("id"), List.of("assigned"));
      list = ListView.load(query, this::rows);
    }
    return list;
  }

  private Slice<Row> rows(PageRequest wanted) {
    return assignments
        .decisions(getRun().id(), wanted)
        .map(decision -> new Row(decision, users.find(decision.userId())));
  }

  /** Ends it; what was assigned stays. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void cancel() {
    acting.act(() -> assignments.cancel(current.actor(), getRun().id()), "assignment.cancelled");
  }
}
