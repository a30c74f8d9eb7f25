package dev.keysmith.core.imports;

import dev.keysmith.core.directory.Departures;
import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.Membership;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.imports.ImportPlan.Mode;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.DirectoryUser.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Stores users page by page: a handful of statements for a page, however long it is. */
@ApplicationScoped
class UserIntake {

  @PersistenceContext(unitName = "keysmith")
  EntityManager em;

  @Inject Departures departures;
  @Inject Clock clock;

  /** Creates and updates the users of a page, and notes that they were seen. */
  @Transactional(Transactional.TxType.MANDATORY)
  List<User> store(ImportRun run, UserPage page, ImportTally tally) {
    Instant now = clock.instant();
    Map<String, User> known = known(run.integrationId(), page.users().keySet());
    List<User> present = new ArrayList<>();
    for (DirectoryUser source : page.users().values()) {
      User user = known.get(source.id());
      if (user != null) {
        meet(run, user, source, tally);
        present.add(user);
      } else if (source.status() != Status.LEFT) {
        User added = new User(run.integrationId(), source, run.id(), now);
        em.persist(added);
        added.seal();
        present.add(added);
        tally.created();
      }
    }
    noteSeen(run, known.values(), now);
    return present;
  }

  private Map<String, User> known(long integrationId, Collection<String> externalIds) {
    if (externalIds.isEmpty()) {
      return Map.of();
    }
    return em.createQuery(
            // H2 uses an index for the list of ids only if it comes first.
            "select u from User u where u.externalId in :ids and u.integrationId = :integration",
            User.class)
        .setParameter("ids", externalIds)
        .setParameter("integration", integrationId)
        .getResultStream()
        .collect(Collectors.toMap(User::externalId, Function.identity()));
  }

  private void meet(ImportRun run, User user, DirectoryUser source, ImportTally tally) {
    boolean first = !user.isSeenBy(run.id());
    boolean wasHere = user.status() != Status.LEFT;
    // A row that was changed past the server may name another person: no import mends it.
    if (run.mode() == Mode.NEW_ONLY || user.isChangedOutside() || !user.update(source)) {
      tally.unchanged(first);
    } else if (wasHere && user.status() == Status.LEFT) {
      departures.record(user);
      tally.left(first);
    } else {
      tally.updated(first);
    }
  }

  private void noteSeen(ImportRun run, Collection<User> users, Instant now) {
    if (users.isEmpty()) {
      return;
    }
    em.createQuery(
            "update User u set u.seenByImport = :run, u.lastSeenAt = :now where u.id in :ids")
        .setParameter("run", run.id())
        .setParameter("now", now)
        .setParameter("ids", users.stream().map(User::id).toList())
        .executeUpdate();
  }

  /** Makes users members of a group, and notes that they were seen as such. */
  @Transactional(Transactional.TxType.MANDATORY)
  void join(ImportRun run, Group group, List<User> users) {
    if (users.isEmpty()) {
      return;
    }
    List<Long> ids = users.stream().map(User::id).toList();
    Set<Long> members =
        new HashSet<>(
            em.createQuery(
                    "select m.userId from Membership m"
                        + " where m.userId in :ids and m.groupId = :group",
                    Long.class)
                .setParameter("group", group.id())
                .setParameter("ids", ids)
                .getResultList());
    ids.stream()
        .filter(id -> !members.contains(id))
        .forEach(id -> em.persist(new Membership(group.id(), id, run.id())));
    if (!members.isEmpty()) {
      em.createQuery(
              "update Membership m set m.seenByImport = :run"
                  + " where m.userId in :ids and m.groupId = :group")
          .setParameter("run", run.id())
          .setParameter("group", group.id())
          .setParameter("ids", members)
          .executeUpdate();
    }
  }

  /** Ends the membership of all whom the import did not see in the group. */
  @Transactional(Transactional.TxType.MANDATORY)
  void dropOthers(ImportRun run, Group group) {
    em.createQuery("delete from Membership m where m.groupId = :group and m.seenByImport <> :run")
        .setParameter("group", group.id())
        .setParameter("run", run.id())
        .executeUpdate();
  }

  /** Ends every membership of a group. */
  @Transactional(Transactional.TxType.MANDATORY)
  void dropAll(Group group) {
    em.createQuery("delete from Membership m where m.groupId = :group")
        .setParameter("group", group.id())
        .executeUpdate();
  }
}
