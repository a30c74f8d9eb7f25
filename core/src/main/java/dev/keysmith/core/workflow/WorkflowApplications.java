package dev.keysmith.core.workflow;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.bulk.BulkRun;
import dev.keysmith.core.bulk.UserHoldings;
import dev.keysmith.core.bulk.UserSelection;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.event.EventGivenUp;
import dev.keysmith.core.event.EventRetried;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
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
import org.jspecify.annotations.Nullable;

/** Applies workflows to users who are there already, in steps that survive a crash. */
@ApplicationScoped
public class WorkflowApplications {

  private static final int STEP = 100;

  private static final Listing<WorkflowApplication> LISTING =
      Listing.of(WorkflowApplication.class, "-requested")
          .filter("workflow", Filters.equal("workflowId", Long::valueOf))
          .filter("state", Filters.equal("state", BulkRun.State::valueOf));

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Workflows workflows;
  @Inject WorkflowDecision decision;
  @Inject UserHoldings holders;
  @Inject Events events;
  @Inject Audit audit;
  @Inject Clock clock;

  /**
   * Begins; the rest follows by itself, and each decision is in the run log.
   *
   * @throws ProblemException {@code CONFLICT} if the workflow is switched off or being applied
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public WorkflowApplication start(Actor by, long workflowId) {
    Workflow workflow = workflows.find(workflowId);
    // Two that start at once queue here, and the second finds the first.
    entities.lock(workflow, LockModeType.PESSIMISTIC_WRITE);
    requireStartable(workflow);
    WorkflowApplication application =
        new WorkflowApplication(workflow, by, holders.count(users(workflow)), clock.instant());
    entities.persist(application);
    audit.record(
        by,
        "workflow.applied",
        subject(workflow),
        Map.of("users", Long.toString(application.total())));
    events.record(new WorkflowApplicationContinued(application.id(), 0));
    return application;
  }

  private void requireStartable(Workflow workflow) {
    if (!workflow.enabled()) {
      throw ProblemException.conflict(WorkflowMessage.DISABLED, workflow.name());
    }
    boolean underWay =
        LISTING.count(
                entities,
                PageRequest.first()
                    .with("workflow", Long.toString(workflow.id()))
                    .with("state", BulkRun.State.RUNNING.name()))
            > 0;
    if (underWay) {
      throw ProblemException.conflict(WorkflowMessage.BEING_APPLIED, workflow.name());
    }
  }

  /** Those of the workflow's integration: about others it has nothing to say. */
  private static UserSelection users(Workflow workflow) {
    return UserSelection.matching(Map.of("integration", Long.toString(workflow.integrationId())));
  }

  /** One step: what it decides, and that it has, is stored together. */
  @Transactional
  void onContinued(@Observes WorkflowApplicationContinued event) {
    WorkflowApplication application = hold(event.applicationId());
    if (application == null || !application.isAt(event.after())) {
      return;
    }
    Workflow workflow = workflows.find(application.workflowId());
    if (!workflow.enabled()) {
      // It was switched off at the moment in which this began.
      application.cancel(clock.instant());
      return;
    }
    List<User> users = holders.chosen(users(workflow), event.after(), STEP);
    for (User user : users) {
      boolean assigned = decision.decide(workflow.id(), user.id(), application.cause());
      application.decided(user.id(), assigned);
    }
    if (users.size() < STEP) {
      application.finish(clock.instant());
    } else {
      events.record(new WorkflowApplicationContinued(application.id(), application.position()));
    }
  }

  /** The next step was given up, so the application would stand still for ever. */
  @Transactional
  void onGivenUp(@Observes EventGivenUp given) {
    if (given.event() instanceof WorkflowApplicationContinued step) {
      WorkflowApplication application = hold(step.applicationId());
      if (application != null
          && application.isAt(step.after())
          && application.fail(given.reason(), clock.instant())) {
        Workflow workflow = workflows.find(application.workflowId());
        audit.record(
            application.requestedBy(), "workflow.application-failed", subject(workflow), Map.of());
      }
    }
  }

  /** The step is to be done after all, unless another application has taken its place. */
  @Transactional
  void onRetried(@Observes EventRetried retried) {
    if (retried.event() instanceof WorkflowApplicationContinued step) {
      WorkflowApplication application = hold(step.applicationId());
      if (application == null || application.state() != BulkRun.State.FAILED) {
        return;
      }
      Workflow workflow = workflows.find(application.workflowId());
      entities.lock(workflow, LockModeType.PESSIMISTIC_WRITE);
      requireStartable(workflow);
      application.goOn();
    }
  }

  private @Nullable WorkflowApplication hold(long id) {
    return entities.find(WorkflowApplication.class, id, LockModeType.PESSIMISTIC_WRITE);
  }

  private static Subject subject(Workflow workflow) {
    return Subject.of("workflow", workflow.id(), workflow.name());
  }

  /** Ends one that is under way; what was assigned stays. A repeat does nothing. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public WorkflowApplication cancel(Actor by, long id) {
    WorkflowApplication application = hold(id);
    if (application == null) {
      throw unknown(id);
    }
    if (application.cancel(clock.instant())) {
      Workflow workflow = workflows.find(application.workflowId());
      audit.record(by, "workflow.application-cancelled", subject(workflow), Map.of());
    }
    return application;
  }

  /** Applications, the newest first. Filters: {@code workflow} (id){@code , state}. */
  @Transactional
  public Slice<WorkflowApplication> list(PageRequest request) {
    return LISTING.slice(entities, request);
  }

  /**
   * One application.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  @Transactional
  public WorkflowApplication find(long id) {
    WorkflowApplication application = entities.find(WorkflowApplication.class, id);
    if (application == null) {
      throw unknown(id);
    }
    return application;
  }

  /** The answer for an application that does not exist. */
  public static ProblemException unknown(long id) {
    return ProblemException.notFound(WorkflowMessage.NO_SUCH_APPLICATION, Long.toString(id));
  }
}
