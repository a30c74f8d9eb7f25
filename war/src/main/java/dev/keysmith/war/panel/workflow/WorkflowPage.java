package dev.keysmith.war.panel.workflow;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.bulk.BulkRun;
import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.Groups;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.workflow.Workflow;
import dev.keysmith.core.workflow.WorkflowApplication;
import dev.keysmith.core.workflow.WorkflowApplications;
import dev.keysmith.core.workflow.WorkflowRun;
import dev.keysmith.core.workflow.Workflows;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One workflow: what it does, and what it has decided. */
@Named("workflow")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class WorkflowPage {

  @Inject Workflows workflows;
  @Inject WorkflowApplications applications;
  @Inject Integrations integrations;
  @Inject Groups groups;
  @Inject Users users;
  @Inject CurrentOperator current;
  @Inject FacesActions acting;
  @Inject HttpServletRequest request;

  private @Nullable Workflow workflow;
  private @Nullable ListView<Row> log;
  private @Nullable Optional<WorkflowApplication> application;

  /**
   * A decision.
   *
   * @param user about whom
   */
  public record Row(WorkflowRun run, User user) {}

  /** An address that names no workflow leads to all of them. */
  public void arrive() {
    if (Parameters.optionalId(request, "id").isEmpty()) {
      acting.go(Page.WORKFLOWS.path());
    }
  }

  /** The workflow; the address says which. */
  public Workflow getIt() {
    if (workflow == null) {
      workflow = workflows.find(Parameters.id(request, "id"));
    }
    return workflow;
  }

  /** Where it assigns passkeys. */
  public Integration getIntegration() {
    return integrations.find(getIt().integrationId());
  }

  /** The tab that is shown. */
  public String getTab() {
    return Parameters.text(request, "tab").equals("apply") ? "apply" : "log";
  }

  /**
   * The application that is under way; the same for the whole page, though it may end meanwhile.
   */
  public Optional<WorkflowApplication> getApplication() {
    if (application == null) {
      application = running();
    }
    return application;
  }

  private Optional<WorkflowApplication> running() {
    return newest(Map.of("state", BulkRun.State.RUNNING.name()));
  }

  /** Why the newest application failed; empty if it did not. */
  public Optional<Message> getFailure() {
    return newest(Map.of()).flatMap(WorkflowApplication::failure);
  }

  private Optional<WorkflowApplication> newest(Map<String, String> filters) {
    PageRequest one =
        new PageRequest(0, 1, "", filters).with("workflow", Long.toString(getIt().id()));
    return applications.list(one).items().stream().findFirst();
  }

  /** Whose members it concerns; empty means everybody. */
  public List<Group> getGroups() {
    return getIt().groupIds().stream().sorted().map(groups::find).toList();
  }

  /** What it has decided, the newest first. */
  public ListView<Row> getLog() {
    if (log == null) {
      ListQuery query =
          ListQuery.of(request, Page.WORKFLOW.path(), List.of("id"), List.of("decision", "user"));
      log = ListView.load(query, this::rows);
    }
    return log;
  }

  private Slice<Row> rows(PageRequest wanted) {
    return workflows
        .runs(wanted.with("workflow", Long.toString(getIt().id())))
        .map(run -> new Row(run, users.find(run.userId())));
  }

  /** The decisions that the log can be filtered by. */
  public WorkflowRun.Decision[] getDecisions() {
    return WorkflowRun.Decision.values();
  }

  /** Where it is changed: the wizard that made it, with what was chosen then. */
  public String getEditAddress() {
    Workflow it = getIt();
    StringBuilder address = new StringBuilder(Page.NEW_WORKFLOW.path());
    address.append("?step=2&edit=").append(it.id());
    address.append("&name=").append(URLEncoder.encode(it.name(), StandardCharsets.UTF_8));
    address.append("&trigger=").append(it.trigger().name());
    address.append("&enabled=").append(it.enabled());
    it.groupIds().stream().sorted().forEach(id -> address.append("&group=").append(id));
    return address.toString();
  }

  /** Lets it decide about the users who are there already. */
  @OnlyFor(Role.ADMINISTRATOR)
  public void apply() {
    acting.actQuietly(
        () -> {
          applications.start(current.actor(), getIt().id());
          acting.go(Page.WORKFLOW.path() + "?id=" + getIt().id());
        });
  }

  /** Removes it with its log. */
  @OnlyFor(Role.ADMINISTRATOR)
  public void remove() {
    acting.actQuietly(
        () -> {
          workflows.remove(current.actor(), getIt().id());
          acting.go(Page.WORKFLOWS.path());
        });
  }
}
