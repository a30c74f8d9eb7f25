package dev.keysmith.war.panel.key;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.bulk.UserHoldings;
import dev.keysmith.core.bulk.UserSelection;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.enrolment.PasskeysOnKeys;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The inventory of security keys: searched, filtered, sorted. */
@Named("keys")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class KeysPage {

  private static final List<String> FILTERS =
      List.of("search", "state", "owner", "model", "aaguid", "serialNumber");

  @Inject SecurityKeys keys;
  @Inject UserHoldings holders;
  @Inject PasskeysOnKeys passkeys;
  @Inject HttpServletRequest request;

  private @Nullable ListView<Row> list;

  /**
   * A row.
   *
   * @param owner of the key; null if it has none
   * @param passkeys how many active ones are on it
   */
  public record Row(SecurityKey key, @Nullable User owner, long passkeys) {}

  /** The keys that the address asks for. */
  public ListView<Row> getList() {
    if (list == null) {
      list = ListView.load(ListQuery.of(request, Page.KEYS.path(), List.of(), FILTERS), this::rows);
    }
    return list;
  }

  private Slice<Row> rows(PageRequest wanted) {
    Slice<SecurityKey> slice = keys.list(wanted);
    Map<Long, User> owners = owners(slice.items());
    Map<Long, Long> held = passkeys.count(slice.items().stream().map(SecurityKey::id).toList());
    return slice.map(
        key ->
            new Row(
                key, key.ownerId().map(owners::get).orElse(null), held.getOrDefault(key.id(), 0L)));
  }

  private Map<Long, User> owners(List<SecurityKey> shown) {
    Set<Long> ids =
        shown.stream()
            .map(SecurityKey::ownerId)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    return ids.isEmpty()
        ? Map.of()
        : holders.chosen(UserSelection.of(ids), 0, ids.size()).stream()
            .collect(Collectors.toMap(User::id, Function.identity()));
  }

  /** The states that the list can be filtered by. */
  public SecurityKey.State[] getStates() {
    return SecurityKey.State.values();
  }
}
