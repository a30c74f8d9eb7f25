package dev.keysmith.core.imports;

import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.directory.Departures;
import dev.keysmith.core.directory.Group;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.UserImported;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.message.Message;
import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.DirectoryUser.Status;
import dev.keysmith.spi.idp.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The steps of an import, each one transaction that also stores where the import then stands. A
 * step does nothing if the import is over: the run's row is locked, so a cancelled import writes
 * nothing more.
 */
@ApplicationScoped
@Transactional
class ImportSteps {

  private static final int BATCH = 500;
  private static final int FEW = 10;

  @PersistenceContext(unitName = "keysmith")
  EntityManager em;

  @Inject UserIntake intake;
  @Inject Departures departures;
  @Inject ListedUsers listed;
  @Inject Events events;
  @Inject Audit audit;
  @Inject Clock clock;

  Optional<ImportPosition> begin(long importId) {
    return step(
        importId,
        run ->
            run.begin(
                em.createQuery(
                        "select g.externalId from Group g"
                            + " where g.integrationId = :integration and g.gone = false"
                            + " order by g.id",
                        String.class)
                    .setParameter("integration", run.integrationId())
                    .getResultList(),
                clock.instant()));
  }

  /** Stores a page of users, and their membership if a group is being imported. */
  Optional<ImportPosition> storePage(ImportPosition at, Page<DirectoryUser> page) {
    return step(
        at.importId(),
        run -> {
          UserPage users = UserPage.of(page.items());
          ImportTally tally = new ImportTally();
          List<User> present = intake.store(run, users, tally);
          at.groupId()
              .flatMap(id -> group(run, id))
              .ifPresent(
                  group -> {
                    intake.join(run, group, present);
                    if (page.next().isEmpty()) {
                      intake.dropOthers(run, group);
                    }
                  });
          listed.keep(run, users.refused());
          run.advance(tally.counts(users.refused().size()), page.next());
        });
  }

  /** Creates or renames the group that is being imported. */
  Optional<ImportPosition> storeGroup(ImportPosition at, DirectoryGroup source) {
    return step(
        at.importId(),
        run ->
            group(run, source.id())
                .ifPresentOrElse(
                    group -> group.update(source),
                    () -> em.persist(new Group(run.integrationId(), source))));
  }

  /** Goes on without a group that the identity provider no longer has. */
  Optional<ImportPosition> skipGroup(ImportPosition at) {
    return step(
        at.importId(),
        run -> {
          String id = at.groupId().orElseThrow();
          Optional<Group> known = group(run, id);
          known.ifPresent(
              group -> {
                group.markGone();
                intake.dropAll(group);
              });
          String name = known.map(Group::name).orElse(id);
          if (known.isEmpty()) {
            run.fail(Message.of(ImportMessage.NO_GROUP_CHOSEN, name), clock.instant());
            recordEnd(run);
          } else {
            run.addNote(Message.of(ImportMessage.NO_GROUP, name));
            run.advance(ImportCounts.NONE, Optional.empty());
          }
        });
  }

  Optional<ImportPosition> restartList(ImportPosition at) {
    return step(at.importId(), ImportRun::restartList);
  }

  /** Marks some of those who were not seen; stays in the phase until all are marked. */
  Optional<ImportPosition> markLeavers(ImportPosition at) {
    return step(
        at.importId(),
        run -> {
          Optional<Message> doubt = doubtAboutLeavers(run);
          if (doubt.isPresent()) {
            run.fail(doubt.get(), clock.instant());
            recordEnd(run);
            return;
          }
          List<User> leavers =
              unseen("select u", run, User.class, " order by u.id")
                  .setMaxResults(BATCH)
                  .getResultList();
          leavers.forEach(departures::leave);
          run.count(new ImportCounts(0, 0, 0, 0, leavers.size(), 0));
          if (leavers.size() < BATCH) {
            run.leaversMarked();
          }
        });
  }

  private Optional<Message> doubtAboutLeavers(ImportRun run) {
    long leavers = unseen("select count(u)", run, Long.class, "").getSingleResult();
    int seen = run.counts().seen();
    boolean many = seen == 0 ? leavers > 0 : leavers > seen && leavers >= FEW;
    if (!many || run.manyMayLeave()) {
      return Optional.empty();
    }
    return Optional.of(Message.of(ImportMessage.DOUBT, seen, leavers));
  }

  private <T> TypedQuery<T> unseen(String select, ImportRun run, Class<T> type, String order) {
    return em.createQuery(
            select
                + " from User u where u.integrationId = :integration and u.seenByImport <> :run"
                + " and u.status <> :left"
                + order,
            type)
        .setParameter("integration", run.integrationId())
        .setParameter("run", run.id())
        .setParameter("left", Status.LEFT);
  }

  /** Records some of the new users; the import is done when all are. */
  Optional<ImportPosition> announce(ImportPosition at) {
    return step(
        at.importId(),
        run -> {
          List<User> users =
              em.createQuery(
                      "select u from User u where u.integrationId = :integration"
                          + " and u.announced = false and u.status <> :left order by u.id",
                      User.class)
                  .setParameter("integration", run.integrationId())
                  .setParameter("left", Status.LEFT)
                  .setMaxResults(BATCH)
                  .getResultList();
          users.forEach(User::markAnnounced);
          Instant now = clock.instant();
          events.recordAll(
              users.stream()
                  .map(user -> new UserImported(user.id(), run.integrationId(), run.id(), now))
                  .toList());
          if (users.size() < BATCH) {
            run.finish(now);
            recordEnd(run);
          }
        });
  }

  /**
   * Notes a wait for the identity provider, for all who look.
   *
   * @return empty if the import is over
   */
  Optional<ImportPosition> waits(long importId, Message reason, Instant until) {
    return step(importId, run -> run.waits(reason, until));
  }

  void fail(long importId, Message message) {
    step(
        importId,
        run -> {
          run.fail(message, clock.instant());
          recordEnd(run);
        });
  }

  private void recordEnd(ImportRun run) {
    ImportCounts counts = run.counts();
    audit.record(
        run.requestedBy(),
        run.state() == ImportRun.State.DONE ? "import.done" : "import.failed",
        Subject.of("import", run.id(), ""),
        Map.of(
            "seen", Integer.toString(counts.seen()),
            "created", Integer.toString(counts.created()),
            "updated", Integer.toString(counts.updated()),
            "left", Integer.toString(counts.left()),
            "failed", Integer.toString(counts.failed())));
  }

  private Optional<ImportPosition> step(long importId, Consumer<ImportRun> work) {
    ImportRun run = em.find(ImportRun.class, importId, LockModeType.PESSIMISTIC_WRITE);
    if (run == null || run.state().isOver()) {
      return Optional.empty();
    }
    run.works();
    work.accept(run);
    return run.state().isOver() ? Optional.empty() : Optional.of(ImportPosition.of(run));
  }

  private Optional<Group> group(ImportRun run, String externalId) {
    return em.createQuery(
            "select g from Group g where g.integrationId = :integration and g.externalId = :id",
            Group.class)
        .setParameter("integration", run.integrationId())
        .setParameter("id", externalId)
        .getResultStream()
        .findFirst();
  }
}
