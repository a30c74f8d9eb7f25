package dev.keysmith.war.panel.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.imports.ImportPlan;
import dev.keysmith.core.imports.ImportProgress;
import dev.keysmith.core.imports.ImportRun;
import dev.keysmith.core.imports.Imports;
import dev.keysmith.core.imports.SkippedUser;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Parameters;
import dev.keysmith.war.panel.page.Viewer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One import: how far it is, how it ended. */
@Named("importRun")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class ImportRunPage {

  @Inject Imports imports;
  @Inject Integrations integrations;
  @Inject CurrentOperator current;
  @Inject FacesActions acting;
  @Inject Viewer viewer;
  @Inject HttpServletRequest request;

  private static final int PROBLEMS = 50;

  private @Nullable ImportRun run;
  private @Nullable List<SkippedUser> problems;
  private @Nullable ImportProgress progress;

  /** An address that names no import leads to all of them. */
  public void arrive() {
    if (Parameters.optionalId(request, "id").isEmpty()) {
      acting.go(Page.IMPORTS.path());
    }
  }

  /** The import; the address says which. */
  public ImportRun getRun() {
    if (run == null) {
      run = imports.find(Parameters.id(request, "id"));
    }
    return run;
  }

  /** How far it is. */
  public ImportProgress getProgress() {
    if (progress == null) {
      progress = imports.progress(getRun().id());
    }
    return progress;
  }

  /** What the integration is called. */
  public String getIntegration() {
    return integrations.find(getRun().integrationId()).label();
  }

  /** Whether a list said whom to import, so that lines have numbers. */
  public boolean isListed() {
    return getRun().scope() == ImportPlan.Scope.LIST;
  }

  /** The first who were left out. */
  public List<SkippedUser> getProblems() {
    if (problems == null) {
      problems = imports.problems(getRun().id(), PROBLEMS);
    }
    return problems;
  }

  /** How many more were left out than are shown. */
  public int getMoreProblems() {
    return getProgress().counts().failed() - getProblems().size();
  }

  /** Why a user was left out, in the viewer's language. */
  public String why(SkippedUser skipped) {
    return viewer.getTexts().message(skipped.problem());
  }

  /** Whether it failed, has stored something, and can go on from there. */
  public boolean isContinuable() {
    return imports.canGoOn(getRun().id());
  }

  /** Goes on with it where it failed. The page is loaded anew, so that it follows the import. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void goOn() {
    long id = getRun().id();
    acting.actAndGo(() -> imports.goOn(current.actor(), id), Page.IMPORT_RUN.path() + "?id=" + id);
  }

  /** Ends it. */
  @OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR})
  public void cancel() {
    acting.act(() -> imports.cancel(current.actor(), getRun().id()), "import-run.cancelled");
  }
}
