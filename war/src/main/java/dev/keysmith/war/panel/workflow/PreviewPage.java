package dev.keysmith.war.panel.workflow;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.workflow.WorkflowPreviews;
import dev.keysmith.core.workflow.WorkflowPreviews.Foreseen;
import dev.keysmith.core.workflow.WorkflowPreviews.Preview;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.list.ListQuery;
import dev.keysmith.war.panel.list.ListView;
import dev.keysmith.war.panel.page.OnlyFor;
import dev.keysmith.war.panel.page.Parameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a workflow would do for the users who are there: a saved one, or one that is being made. */
@Named("preview")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class PreviewPage {

  private static final List<String> FILTERS = List.of("decision", "text");

  @Inject WorkflowPreviews previews;
  @Inject WorkflowPage saved;
  @Inject NewWorkflowPage draft;
  @Inject HttpServletRequest request;

  private @Nullable ListView<Foreseen> list;
  private long assigned;

  /** Everybody, with what would be decided. */
  public ListView<Foreseen> getList() {
    if (list == null) {
      list = ListView.load(query(), this::rows);
    }
    return list;
  }

  /** How many would get a passkey, whatever the list is filtered by. */
  public long getAssigned() {
    if (query().filters().isEmpty() && getList().problem().isEmpty()) {
      return assigned;
    }
    return isSaved()
        ? previews.assigned(saved.getIt().integrationId(), saved.getIt().groupIds())
        : previews.assigned(draft.getIntegration().orElseThrow().id(), draft.getChosen());
  }

  private boolean isSaved() {
    return Parameters.optionalId(request, "id").isPresent();
  }

  private ListQuery query() {
    return isSaved()
        ? ListQuery.of(request, Page.WORKFLOW.path(), List.of("id", "tab"), FILTERS)
        : ListQuery.of(
            request,
            Page.NEW_WORKFLOW.path(),
            List.of("step", "go", "edit", "enabled", "integration", "name", "trigger", "group"),
            FILTERS);
  }

  private Slice<Foreseen> rows(PageRequest wanted) {
    Preview preview = preview(wanted);
    assigned = preview.assigned();
    return preview.users();
  }

  private Preview preview(PageRequest wanted) {
    if (isSaved()) {
      return previews.preview(saved.getIt().integrationId(), saved.getIt().groupIds(), wanted);
    }
    return previews.preview(draft.getIntegration().orElseThrow().id(), draft.getChosen(), wanted);
  }
}
