package dev.keysmith.war.panel.workflow;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.workflow.Workflow;
import dev.keysmith.core.workflow.Workflows;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All workflows, and their switches. */
@Named("workflows")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class WorkflowsPage {

  @Inject Workflows workflows;
  @Inject Integrations integrations;
  @Inject CurrentOperator current;
  @Inject FacesActions acting;

  private final Map<Long, String> labels = new HashMap<>();
  private @Nullable List<Workflow> all;
  private long value;

  /** Which workflow an act is about. */
  public long getValue() {
    return value;
  }

  /** Called by Faces. */
  public void setValue(long value) {
    this.value = value;
  }

  /** The workflows by name. */
  public List<Workflow> getAll() {
    if (all == null) {
      all = workflows.list();
    }
    return all;
  }

  /** What the integration of a workflow is called. */
  public String integration(Workflow workflow) {
    return labels.computeIfAbsent(workflow.integrationId(), id -> integrations.find(id).label());
  }

  /** Lets a workflow act. */
  @OnlyFor(Role.ADMINISTRATOR)
  public void enable() {
    acting.act(() -> change(true), "workflows.enabled");
  }

  /** Lets a workflow not act. */
  @OnlyFor(Role.ADMINISTRATOR)
  public void disable() {
    acting.act(() -> change(false), "workflows.disabled");
  }

  private void change(boolean on) {
    Workflow workflow = workflows.find(value);
    workflows.redefine(
        current.actor(),
        value,
        new Workflow.Definition(
            workflow.name(),
            workflow.integrationId(),
            workflow.trigger(),
            workflow.groupIds(),
            on));
  }
}
