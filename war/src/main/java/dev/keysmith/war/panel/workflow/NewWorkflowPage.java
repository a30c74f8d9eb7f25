package dev.keysmith.war.panel.workflow;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.Groups;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.workflow.Trigger;
import dev.keysmith.core.workflow.Workflow;
import dev.keysmith.core.workflow.Workflows;
import dev.keysmith.war.body.FormFields;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.list.WizardSteps;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Parameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way to a workflow: from the catalogue, name, trigger, groups, and a last look at it all. The
 * same way changes one: then the address names it, and its integration stays.
 */
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
  @Inject FacesActions acting;
  @Inject HttpServletRequest request;

  private @Nullable List<Integration> sources;
  private @Nullable List<Group> known;
  private @Nullable Optional<Workflow> before;

  /** The steps: as far as the choices of those before have been made. */
  public WizardSteps getSteps() {
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
    return WizardSteps.of(request, REVIEW, ready);
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
    return getBefore()
        .map(Workflow::integrationId)
        .or(() -> Parameters.optionalId(request, "integration"))
        .flatMap(id -> getSources().stream().filter(each -> each.id() == id).findFirst());
  }

  /** The workflow that is changed, as it is until then. */
  public Optional<Workflow> getBefore() {
    if (before == null) {
      before = Parameters.optionalId(request, "edit").map(workflows::find);
    }
    return before;
  }

  /** Whether it is to act; one that is made is. */
  public boolean isEnabled() {
    return !Parameters.text(request, "enabled").equals("false");
  }

  /** What the workflow is to be called. */
  public String getName() {
    return Parameters.text(request, "name");
  }

  /** What has been chosen and does not depend on the integration, as parameters of an address. */
  public String getKept() {
    return Stream.of("name", "trigger")
        .filter(each -> !Parameters.text(request, each).isEmpty())
        .map(each -> "&" + each + "=" + encoded(Parameters.text(request, each)))
        .collect(Collectors.joining());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Whether there is another one of this name already. */
  public boolean isNameTaken() {
    long own = getBefore().map(Workflow::id).orElse(0L);
    return workflows.list().stream()
        .anyMatch(each -> each.name().equals(getName()) && each.id() != own);
  }

  /** What is to set it off. */
  public Optional<Trigger> getTrigger() {
    String text = Parameters.text(request, "trigger");
    return Arrays.stream(Trigger.values()).filter(each -> each.name().equals(text)).findFirst();
  }

  /** Groups to choose from: those chosen that are not found, then those found. */
  public List<Group> getGroups() {
    if (known == null) {
      Map<String, String> filters = new HashMap<>();
      getIntegration().ifPresent(it -> filters.put("integration", Long.toString(it.id())));
      filters.put("text", Parameters.text(request, "search"));
      List<Group> found =
          groups.list(new PageRequest(0, PageRequest.MAX_LIMIT, "name", filters)).items().stream()
              .filter(group -> !group.isGone() && !getChosen().contains(group.id()))
              .toList();
      known = Stream.concat(getChosenGroups().stream(), found.stream()).toList();
    }
    return known;
  }

  /** The ids of the groups that are chosen; none means everybody. */
  public Set<Long> getChosen() {
    Set<Long> ids = new LinkedHashSet<>();
    for (String value : FormFields.of(request).values("group")) {
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

  /** The groups whose members it concerns until now. */
  public List<Group> getGroupsBefore() {
    return getBefore().map(Workflow::groupIds).orElse(Set.of()).stream()
        .sorted()
        .map(groups::find)
        .toList();
  }

  /** Whether other groups are chosen than until now. */
  public boolean isOtherGroups() {
    return getBefore().filter(it -> !it.groupIds().equals(getChosen())).isPresent();
  }

  /** Defines or changes the workflow, and leads to it. */
  public void submit() {
    acting.actQuietly(
        () -> {
          Workflow.Definition wanted =
              new Workflow.Definition(
                  getName(),
                  getIntegration().orElseThrow().id(),
                  getTrigger().orElseThrow(),
                  getChosen(),
                  isEnabled());
          Workflow saved =
              getBefore()
                  .map(it -> workflows.redefine(current.actor(), it.id(), wanted))
                  .orElseGet(() -> workflows.define(current.actor(), wanted));
          acting.go(Page.WORKFLOW.path() + "?id=" + saved.id());
        });
  }
}
