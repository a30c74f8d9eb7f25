package dev.keysmith.war.panel.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.Groups;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
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

/** All groups that were imported. */
@Named("groups")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class GroupsPage {

  @Inject Groups groups;
  @Inject Integrations integrations;
  @Inject HttpServletRequest request;

  private final Map<Long, String> labels = new HashMap<>();
  private @Nullable ListView<Row> list;

  /**
   * A row.
   *
   * @param members how many users are in it
   */
  public record Row(Group group, long members) {}

  /** The groups that the address asks for. */
  public ListView<Row> getList() {
    if (list == null) {
      ListQuery query =
          ListQuery.of(request, Page.GROUPS.path(), List.of(), List.of("text", "integration"));
      list = ListView.load(query, this::rows);
    }
    return list;
  }

  private Slice<Row> rows(PageRequest wanted) {
    Slice<Group> found = groups.list(wanted);
    Map<Long, Long> members = groups.memberCounts(found.items().stream().map(Group::id).toList());
    return found.map(group -> new Row(group, members.getOrDefault(group.id(), 0L)));
  }

  /** What the integration is called that a group came through. */
  public String integration(Group group) {
    return labels.computeIfAbsent(group.integrationId(), id -> integrations.find(id).label());
  }
}
