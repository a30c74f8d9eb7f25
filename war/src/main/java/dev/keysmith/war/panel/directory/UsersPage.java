package dev.keysmith.war.panel.directory;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.bulk.UserHoldings;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.list.ListQuery;
import dev.keysmith.war.panel.list.ListView;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All users: searched, filtered, sorted. */
@Named("users")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class UsersPage {

  static final List<String> FILTERS =
      List.of("text", "passkey", "status", "group", "integration", "key");

  @Inject UserHoldings holders;
  @Inject Integrations integrations;
  @Inject HttpServletRequest request;

  private @Nullable ListView<Row> list;

  /**
   * A row.
   *
   * @param holding the passkeys and security keys of the user
   */
  public record Row(User user, UserHoldings.Holding holding) {}

  /** The users that the address asks for. */
  public ListView<Row> getList() {
    if (list == null) {
      list =
          ListView.load(ListQuery.of(request, Page.USERS.path(), List.of(), FILTERS), this::rows);
    }
    return list;
  }

  private Slice<Row> rows(PageRequest wanted) {
    Slice<User> users = holders.list(wanted);
    Map<Long, UserHoldings.Holding> held =
        holders.holdings(users.items().stream().map(User::id).toList());
    return users.map(user -> new Row(user, held.get(user.id())));
  }

  /** The states that the list can be filtered by. */
  public Passkey.State[] getPasskeyStates() {
    return Passkey.State.values();
  }

  /** The statuses that the list can be filtered by. */
  public DirectoryUser.Status[] getStatuses() {
    return DirectoryUser.Status.values();
  }

  /** The identity providers that there are. */
  public List<Integration> getIntegrations() {
    return integrations.list(PageRequest.first()).items();
  }
}
