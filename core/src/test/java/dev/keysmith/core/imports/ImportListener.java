package dev.keysmith.core.imports;

import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.UserImported;
import dev.keysmith.core.directory.UserLeft;
import dev.keysmith.core.directory.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears what imports tell the other features, and sees what the database holds by then. */
@ApplicationScoped
class ImportListener {

  private final List<UserImported> imported = new CopyOnWriteArrayList<>();
  private final Map<String, List<String>> groupsWhenImported = new ConcurrentHashMap<>();
  private final List<UserLeft> left = new CopyOnWriteArrayList<>();

  @Inject Users users;

  void imported(@Observes UserImported event) {
    imported.add(event);
    groupsWhenImported.put(
        users.find(event.userId()).externalId(),
        users.groupsOf(event.userId()).stream().map(Group::externalId).toList());
  }

  void left(@Observes UserLeft event) {
    left.add(event);
  }

  List<UserImported> imported() {
    return imported;
  }

  Map<String, List<String>> groupsWhenImported() {
    return groupsWhenImported;
  }

  List<UserLeft> left() {
    return left;
  }

  void forget() {
    imported.clear();
    groupsWhenImported.clear();
    left.clear();
  }
}
