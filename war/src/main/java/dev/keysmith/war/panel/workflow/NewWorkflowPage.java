package dev.keysmith.war.panel.workflow;

import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.Groups;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.operator.Role;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.workflow.Trigger;
import dev.keysmith.core.workflow.Workflow;
import dev.keysmith.core.workflow.Workflows;
import dev.keysmith.war.login.CurrentOperator;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.Acting;
import dev.keysmith.war.panel.OnlyFor;
import dev.keysmith.war.panel.Parameters;
import dev.keysmith.war.panel.list.Steps;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way to a workflow: from the catalogue, name, trigger, groups, and a last look at it all. */
@Named("newWorkflow")
@RequestScoped
@OnlyFor(Role.ADMINISTRATOR)
public class NewWorkflowPage {

  private static final int CATALOGUE = 1;
  private static final int NAME = 2;
  private static final int TRIGGER = 3;
  private static final int REVIEW = 5;

  @Inject Workflows workflows;
  @Inject Integrations integrations;
  @Inject Plugins plugins;
  @Inject Groups groups;
  @Inject CurrentOperator current;
  @Inject Acting acting;
  @Inject HttpServletRequest request;

  private @Nullable List<Integration> sources;
  private @Nullable List<Group> known;

  /** The steps: as far as the choices of those before have been made. */
  public Steps getSteps() {
    int ready = CATALOGUE;
    if (getIntegration().isPresent()) {
      ready = NAME;
    }
    if (ready == NAME && !getName().isEmpty() && !isNameTaken()) {
      ready = TRIGGER;
    }
    if (ready == TRIGGER && getTrigger().isPresent()) {
      ready = REVIEW;
    }
    return Steps.of(request, REVIEW, ready);
  }

  /** The identity providers that a workflow can be for. */
  public List<Integration> getSources() {
    if (sources == null) {
      sources = integrations.list(PageRequest.first()).items();
    }
    return sources;
  }

  /** What the kind of identity provider is called. */
  public String provider(Integration integration) {
    return plugins.identityProviders().stream()
        .filter(each -> each.name().equals(integration.plugin()))
        .map(each -> each.label())
        .findFirst()
        .orElse(integration.plugin());
  }

  /** The one that is chosen. */
  public Optional<Integration> getIntegration() {
    return Parameters.optionalId(request, "integration")
        .flatMap(id -> getSources().stream().filter(each -> each.id() == id).findFirst());
  }

  /** What the workflow is to be called. */
  public String getName() {
    return Parameters.text(request, "name");
  }

  /** Whether there is one of this name already. */
  public boolean isNameTaken() {
    return workflows.list().stream().anyMatch(each -> each.name().equals(getName()));
  }

  /** What is to set it off. */
  public Optional<Trigger> getTrigger() {
    String text = Parameters.text(request, "trigger");
    return Arrays.stream(Trigger.values()).filter(each -> each.name().equals(text)).findFirst();
  }

  /** The groups of the identity provider that were imported. */
  public List<Group> getGroups() {
    if (known == null) {
      Map<String, String> filters = new HashMap<>();
      getIntegration().ifPresent(it -> filters.put("integration", Long.toString(it.id())));
      filters.put("text", Parameters.text(request, "search"));
      known =
          groups.list(new PageRequest(0, PageRequest.MAX_LIMIT, "name", filters)).items().stream()
              .filter(group -> !group.isGone())
              .toList();
    }
    return known;
  }

  /** The ids of the groups that are chosen; none means everybody. */
  public Set<Long> getChosen() {
    String[] values = request.getParameterValues("group");
    Set<Long> ids = new LinkedHashSet<>();
    for (String value : values == null ? new String[0] : values) {
      if (value.matches("\\d{1,18}")) {
        ids.add(Long.valueOf(value));
      }
    }
    return ids;
  }

  /** The groups that are chosen. */
  public List<Group> getChosenGroups() {
    return getChosen().stream().map(groups::find).toList();
  }

  /** Defines the workflow, and leads to it. */
  public void submit() {
    acting.actQuietly(
        () -> {
          Workflow made =
              workflows.define(
                  current.actor(),
                  new Workflow.Definition(
                      getName(),
                      getIntegration().orElseThrow().id(),
                      getTrigger().orElseThrow(),
                      getChosen(),
                      true));
          acting.go(Page.WORKFLOW.path() + "?id=" + made.id());
        });
  }
}
