package dev.keysmith.core.bulk;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.event.EventGivenUp;
import dev.keysmith.core.event.EventRetried;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Assigns passkeys to many users at once, in steps that survive a crash. Each user is decided about
 * once; who has a passkey, or waits for one, is passed over.
 */
@ApplicationScoped
public class Assignments {

  private static final int STEP = 100;

  private static final Listing<AssignmentRun> LISTING =
      Listing.of(AssignmentRun.class, "-requested")
          .filter("state", Filters.equal("state", BulkRun.State::valueOf));

  private static final Listing<AssignmentDecision> DECISIONS =
      Listing.of(AssignmentDecision.class, "id")
          .filter("run", Filters.equal("runId", Long::valueOf))
          .filter("user", Filters.equal("userId", Long::valueOf))
          .filter(
              "assigned",
              (scope, value) ->
                  Boolean.parseBoolean(value)
                      ? scope.builder().isNotNull(scope.root().get("passkeyId"))
                      : scope.builder().isNull(scope.root().get("passkeyId")));

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject UserHoldings holders;
  @Inject Passkeys passkeys;
  @Inject Events events;
  @Inject Audit audit;
  @Inject Clock clock;

  /**
   * Begins; the rest follows by itself.
   *
   * @throws ProblemException {@code NOT_FOUND} if one of the ids is unknown; {@code INVALID} if a
   *     filter is unknown
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public AssignmentRun start(Actor by, UserSelection selection) {
    holders.require(selection);
    AssignmentRun run = new AssignmentRun(by, selection, holders.count(selection), clock.instant());
    entities.persist(run);
    audit.record(
        by, "assignment.started", subject(run), Map.of("users", Long.toString(run.total())));
    events.record(new AssignmentContinued(run.id(), 0));
    return run;
  }

  /** One step: what it decides, and that it has, is stored together. */
  @Transactional
  void onContinued(@Observes AssignmentContinued event) {
    AssignmentRun run = hold(event.runId());
    if (run == null || !run.isAt(event.after())) {
      return;
    }
    List<User> users = holders.chosen(run.selection(), event.after(), STEP);
    users.forEach(user -> decide(run, user));
    if (users.size() < STEP) {
      run.finish(clock.instant());
      audit.record(
          run.requestedBy(),
          "assignment.done",
          subject(run),
          Map.of(
              "assigned", Integer.toString(run.assigned()),
              "skipped", Integer.toString(run.skipped())));
    } else {
      events.record(new AssignmentContinued(run.id(), run.position()));
    }
  }

  /** The next step was given up, so the run would stand still for ever. */
  @Transactional
  void onGivenUp(@Observes EventGivenUp given) {
    if (given.event() instanceof AssignmentContinued step) {
      AssignmentRun run = hold(step.runId());
      if (run != null && run.isAt(step.after()) && run.fail(given.reason(), clock.instant())) {
        audit.record(run.requestedBy(), "assignment.failed", subject(run), Map.of());
      }
    }
  }

  /** The step is to be done after all. */
  @Transactional
  void onRetried(@Observes EventRetried retried) {
    if (retried.event() instanceof AssignmentContinued step) {
      Optional.ofNullable(hold(step.runId())).ifPresent(AssignmentRun::goOn);
    }
  }

  private @Nullable AssignmentRun hold(long id) {
    return entities.find(AssignmentRun.class, id, LockModeType.PESSIMISTIC_WRITE);
  }

  private void decide(AssignmentRun run, User user) {
    Optional<Message> why = passkeys.whyNot(user);
    AssignmentDecision decision =
        why.map(reason -> AssignmentDecision.skipped(run.id(), user.id(), reason, clock.instant()))
            .orElseGet(
                () ->
                    AssignmentDecision.assigned(
                        run.id(),
                        passkeys.assign(run.requestedBy(), user.id(), user.integrationId()),
                        clock.instant()));
    entities.persist(decision);
    run.decided(user.id(), why.isEmpty());
  }

  /** Ends one that is under way; what was assigned stays. A repeat does nothing. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public AssignmentRun cancel(Actor by, long id) {
    AssignmentRun run = hold(id);
    if (run == null) {
      throw unknown(id);
    }
    if (run.cancel(clock.instant())) {
      audit.record(by, "assignment.cancelled", subject(run), Map.of());
    }
    return run;
  }

  /** Runs, the newest first. Filter: {@code state}. */
  @Transactional
  public Slice<AssignmentRun> list(PageRequest request) {
    return LISTING.slice(entities, request);
  }

  /** What a run did for each user. Filters: {@code user} (id){@code , assigned} (true, false). */
  @Transactional
  public Slice<AssignmentDecision> decisions(long runId, PageRequest request) {
    find(runId);
    return DECISIONS.slice(entities, request.with("run", Long.toString(runId)));
  }

  /**
   * One run.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  @Transactional
  public AssignmentRun find(long id) {
    AssignmentRun run = entities.find(AssignmentRun.class, id);
    if (run == null) {
      throw unknown(id);
    }
    return run;
  }

  private static ProblemException unknown(long id) {
    return ProblemException.notFound(AssignmentMessage.UNKNOWN, Long.toString(id));
  }

  private static Subject subject(AssignmentRun run) {
    return Subject.of("assignment", run.id(), "");
  }
}
