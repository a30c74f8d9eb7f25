package dev.keysmith.war.panel.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.imports.ImportPlan;
import dev.keysmith.core.imports.ImportPlan.Mode;
import dev.keysmith.core.imports.ImportPlan.Scope;
import dev.keysmith.core.imports.ImportRun;
import dev.keysmith.core.imports.Imports;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.list.WizardSteps;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Parameters;
import dev.keysmith.war.panel.page.Viewer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way to an import: from where, whom, how, and a last look at it all. */
@Named("importing")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
public class ImportPage {

  private static final int GROUPS = 100;
  private static final int FROM = 1;
  private static final int WHOM = 2;
  private static final int HOW = 3;
  private static final int REVIEW = 4;

  @Inject Imports imports;
  @Inject Integrations integrations;
  @Inject CurrentOperator current;
  @Inject FacesActions acting;
  @Inject Viewer viewer;
  @Inject HttpServletRequest request;

  private @Nullable List<Integration> sources;
  private @Nullable List<GroupChoice> found;
  private String groupProblem = "";

  /** The steps: as far as the choices of those before have been made. */
  public WizardSteps getSteps() {
    int ready = FROM;
    if (getIntegration().isPresent()) {
      ready = WHOM;
    }
    if (ready == WHOM && getScope().isPresent() && !isWithoutGroups()) {
      ready = HOW;
    }
    if (ready == HOW && getMode().isPresent()) {
      ready = REVIEW;
    }
    return WizardSteps.of(request, REVIEW, ready);
  }

  private boolean isWithoutGroups() {
    return getScope().filter(Scope.GROUPS::equals).isPresent() && getChosen().isEmpty();
  }

  /** The identity providers to import from. */
  public List<Integration> getSources() {
    if (sources == null) {
      sources =
          integrations.list(PageRequest.first()).items().stream()
              .filter(Integration::isEnabled)
              .toList();
    }
    return sources;
  }

  /** The one that is chosen; where there is but one, that. */
  public Optional<Integration> getIntegration() {
    return Parameters.optionalId(request, "integration")
        .flatMap(id -> getSources().stream().filter(each -> each.id() == id).findFirst())
        .or(() -> getSources().size() == 1 ? Optional.of(getSources().get(0)) : Optional.empty());
  }

  /** Whom to import. */
  public Optional<Scope> getScope() {
    return chosen(Scope.values(), "scope");
  }

  /** What becomes of users who are known. */
  public Optional<Mode> getMode() {
    return chosen(Mode.values(), "mode");
  }

  /** Whether most users may have left. */
  public boolean isManyMayLeave() {
    return Parameters.text(request, "leave").equals("true");
  }

  /** Whether a list says whom; it is looked at, and sent, by the page's script. */
  public boolean isListed() {
    return getScope().filter(Scope.LIST::equals).isPresent();
  }

  private <E extends Enum<E>> Optional<E> chosen(E[] values, String name) {
    String text = Parameters.text(request, name);
    return List.of(values).stream().filter(each -> each.name().equals(text)).findFirst();
  }

  /** What is looked for among the groups. */
  public String getSearch() {
    return Parameters.text(request, "search");
  }

  /** The groups that are chosen. */
  public List<GroupChoice> getChosen() {
    return GroupChoice.of(request);
  }

  /** Groups to choose from: those chosen that are not found, then those found. */
  public List<GroupChoice> getGroups() {
    if (found == null) {
      found = GroupChoice.merged(getChosen(), ask());
    }
    return found;
  }

  /** Why the identity provider does not tell its groups; empty if it does. */
  public String getGroupProblem() {
    getGroups();
    return groupProblem;
  }

  private List<DirectoryGroup> ask() {
    try {
      return getIntegration()
          .map(from -> integrations.open(from.id()).groups(getSearch(), GROUPS))
          .orElse(List.of());
    } catch (PluginException | ProblemException e) {
      groupProblem = viewer.getTexts().message(Failure.message(e));
    }
    return List.of();
  }

  /** Starts the import, and leads to where it can be watched. */
  public void submit() {
    acting.actQuietly(
        () -> {
          ImportPlan plan =
              new ImportPlan(
                  getScope().orElseThrow(),
                  getChosen().stream().map(GroupChoice::id).toList(),
                  getMode().orElseThrow(),
                  isManyMayLeave());
          ImportRun run = imports.start(current.actor(), getIntegration().orElseThrow().id(), plan);
          acting.go(Page.IMPORT_RUN.path() + "?id=" + run.id());
        });
  }
}
