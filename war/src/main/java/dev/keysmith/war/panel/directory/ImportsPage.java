package dev.keysmith.war.panel.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.imports.ImportRun;
import dev.keysmith.core.imports.Imports;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.list.ListQuery;
import dev.keysmith.war.panel.list.ListView;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was imported, and when. */
@Named("imports")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class ImportsPage {

  @Inject Imports imports;
  @Inject Integrations integrations;
  @Inject HttpServletRequest request;

  private final Map<Long, String> labels = new HashMap<>();
  private @Nullable ListView<ImportRun> list;

  /** The imports that the address asks for. */
  public ListView<ImportRun> getList() {
    if (list == null) {
      ListQuery query =
          ListQuery.of(request, Page.IMPORTS.path(), List.of(), List.of("integration", "state"));
      list = ListView.load(query, imports::list);
    }
    return list;
  }

  /** Whether one of them is not over. */
  public boolean isUnderWay() {
    return getList().getItems().stream().anyMatch(run -> !run.state().isOver());
  }

  /** What the integration of an import is called. */
  public String integration(ImportRun run) {
    return labels.computeIfAbsent(run.integrationId(), id -> integrations.find(id).label());
  }
}
