package dev.keysmith.core.imports;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.imports.ImportPlan.Scope;
import dev.keysmith.core.imports.ImportRun.State;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.platform.AfterCommit;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.userlist.ListPreview;
import dev.keysmith.core.userlist.UserList;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.io.Writer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Starts, watches, cancels and continues imports. */
@ApplicationScoped
public class Imports {

  private static final Listing<ImportRun> LISTING =
      Listing.of(ImportRun.class, "-queuedAt")
          .sortableAs("queued", "queuedAt")
          .filter("integration", Filters.equal("integrationId", Long::valueOf))
          .filter("state", Filters.equal("state", State::valueOf));

  @PersistenceContext(unitName = "keysmith")
  EntityManager em;

  @Inject Integrations integrations;
  @Inject LiveImports live;
  @Inject AfterCommit afterCommit;
  @Inject ListedUsers listed;
  @Inject Events events;
  @Inject Audit audit;
  @Inject Clock clock;

  /**
   * Queues an import; it runs by itself once the transaction is committed, also after a crash.
   *
   * @throws ProblemException {@code CONFLICT} if the integration has an import under way or is
   *     switched off
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public ImportRun start(Actor by, long integrationId, ImportPlan plan) {
    requireGroups(plan);
    return queue(by, integrationId, plan);
  }

  /**
   * Queues an import of those whom a list names, by login or by id. Each is looked up at the
   * identity provider; who is not found there is in the report of {@link #writeProblems}.
   *
   * @param csv see {@link UserList}: one column, or a first row that names one
   * @throws ProblemException as {@link #start}; {@code INVALID} if the list cannot be read
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public ImportRun startListed(Actor by, long integrationId, ImportPlan.Mode mode, byte[] csv) {
    UserList list = UserList.read(csv);
    ImportRun run = queue(by, integrationId, ImportPlan.listed(mode));
    listed.keep(run, list);
    return run;
  }

  /**
   * Reads a list and says what an import of it would look up; nothing is kept.
   *
   * @throws ProblemException {@code INVALID} if the list cannot be read
   */
  public ListPreview preview(byte[] csv) {
    return ListPreview.of(UserList.read(csv));
  }

  /** The first of those whom an import left out, and why. */
  public List<SkippedUser> problems(long importId, int limit) {
    return listed.problems(importId, limit);
  }

  /**
   * Writes whom an import left out, and why, as CSV; of a list with the number of the line.
   *
   * @param to stays the caller's to close
   * @param words the texts of messages, in the language of the reader
   */
  public void writeProblems(long importId, Writer to, Function<Message, String> words) {
    listed.writeProblems(find(importId), to, words);
  }

  private ImportRun queue(Actor by, long integrationId, ImportPlan plan) {
    Integration integration = integrations.find(integrationId);
    integration.requireEnabled();
    // Two that start at once queue here, and the second finds the first.
    em.lock(em.find(Integration.class, integrationId), LockModeType.PESSIMISTIC_WRITE);
    requireNoneUnderWay(integration);
    ImportRun run = new ImportRun(integrationId, plan, by, clock.instant());
    em.persist(run);
    audit.record(
        by,
        "import.started",
        subject(run),
        Map.of("integration", integration.label(), "scope", plan.scope().name()));
    events.record(new ImportRequested(run.id()));
    return run;
  }

  private static void requireGroups(ImportPlan plan) {
    if (plan.scope() == Scope.LIST) {
      throw ProblemException.invalid(ImportMessage.LIST_MISSING);
    }
    if ((plan.scope() == Scope.GROUPS) == plan.groupIds().isEmpty()) {
      throw ProblemException.invalid(ImportMessage.GROUPS_MISSING);
    }
  }

  /**
   * Goes on with an import that failed, where it stood. Only the newest of an integration can: a
   * later one has noted anew which users are there.
   *
   * @throws ProblemException {@code CONFLICT} if it did not fail, cannot go on, is not the newest
   *     one, or its integration is switched off
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public ImportRun goOn(Actor by, long importId) {
    Integration integration = integrations.find(find(importId).integrationId());
    integration.requireEnabled();
    em.lock(em.find(Integration.class, integration.id()), LockModeType.PESSIMISTIC_WRITE);
    ImportRun run = em.find(ImportRun.class, importId, LockModeType.PESSIMISTIC_WRITE);
    requireNoneUnderWay(integration);
    if (!canGoOn(run)) {
      throw ProblemException.conflict(ImportMessage.CANNOT_GO_ON);
    }
    run.goOn();
    audit.record(by, "import.continued", subject(run), Map.of("integration", integration.label()));
    events.record(new ImportRequested(run.id()));
    return run;
  }

  /** Whether {@link #goOn} would go on with an import. */
  @Transactional
  public boolean canGoOn(long importId) {
    return canGoOn(find(importId));
  }

  /**
   * By time: each server draws ids in blocks of its own, so a later import may have a lower one.
   */
  private boolean canGoOn(ImportRun run) {
    return run.canGoOn()
        && em.createQuery(
                    "select count(r) from ImportRun r where r.integrationId = :integration"
                        + " and (r.queuedAt > :queued or r.queuedAt = :queued and r.id > :run)",
                    Long.class)
                .setParameter("integration", run.integrationId())
                .setParameter("run", run.id())
                .setParameter("queued", run.queuedAt())
                .getSingleResult()
            == 0;
  }

  private void requireNoneUnderWay(Integration integration) {
    boolean underWay =
        em.createQuery(
                    "select count(r) from ImportRun r where r.activeIntegrationId = :integration",
                    Long.class)
                .setParameter("integration", integration.id())
                .getSingleResult()
            > 0;
    if (underWay) {
      throw ProblemException.conflict(ImportMessage.UNDER_WAY, integration.label());
    }
  }

  /** Ends an import that is not over; what it has stored stays. A repeat does nothing. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public void cancel(Actor by, long importId) {
    ImportRun run = em.find(ImportRun.class, importId, LockModeType.PESSIMISTIC_WRITE);
    if (run == null) {
      throw unknown(importId);
    }
    if (!run.state().isOver()) {
      run.cancel(clock.instant());
      audit.record(by, "import.cancelled", subject(run), Map.of());
      afterCommit.run(live::wake);
    }
  }

  /**
   * Imports, the newest first; filtered by {@code integration} and {@code state}, sorted by {@code
   * queued}.
   */
  @Transactional
  public Slice<ImportRun> list(PageRequest request) {
    return LISTING.slice(em, request);
  }

  /**
   * The import with this id.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none
   */
  @Transactional
  public ImportRun find(long importId) {
    return lookUp(importId).orElseThrow(() -> unknown(importId));
  }

  /** Whether an import is to go on. */
  @Transactional
  boolean isUnderWay(long importId) {
    return lookUp(importId).filter(run -> !run.state().isOver()).isPresent();
  }

  @Transactional
  Optional<ImportRun> lookUp(long importId) {
    return Optional.ofNullable(em.find(ImportRun.class, importId));
  }

  /** How far an import is, as of its last step, whichever server runs it. */
  public ImportProgress progress(long importId) {
    return ImportProgress.of(find(importId));
  }

  /**
   * Watches an import. Of one that another server runs nothing is told: look at its {@link
   * #progress} now and then, too. The watcher returns quickly and throws nothing.
   *
   * @return ends the watch
   */
  public Runnable watch(long importId, Consumer<ImportProgress> watcher) {
    return live.watch(importId, watcher);
  }

  private static ProblemException unknown(long importId) {
    return ProblemException.notFound(ImportMessage.UNKNOWN, Long.toString(importId));
  }

  private static Subject subject(ImportRun run) {
    return Subject.of("import", run.id(), "");
  }
}
