package dev.keysmith.core.workflow;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.bulk.BulkRun;
import dev.keysmith.core.directory.Group;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Defines workflows and lets them decide. */
@ApplicationScoped
public class Workflows {

  private static final int NAME_LENGTH = 120;

  private static final Listing<WorkflowRun> RUNS =
      Listing.of(WorkflowRun.class, "-decided")
          .filter("workflow", Filters.equal("workflowId", Long::valueOf))
          .filter("user", Filters.equal("userId", Long::valueOf))
          .filter("decision", Filters.equal("decision", WorkflowRun.Decision::valueOf))
          .filter("cause", Filters.equal("cause"))
          .countedTo(10_000);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Audit audit;
  @Inject Clock clock;
  @Inject WorkflowDecision decision;

  /**
   * Defines a workflow. It acts on what happens from now on.
   *
   * @throws ProblemException {@code INVALID} with the fields that are wrong
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public Workflow define(Actor by, Workflow.Definition definition) {
    check(definition, 0);
    Workflow workflow = new Workflow(definition, clock.instant());
    entities.persist(workflow);
    entities.flush();
    audit.record(by, "workflow.defined", subject(workflow), details(workflow));
    return workflow;
  }

  /**
   * Changes a workflow; its integration stays. Switched off, it is applied no further; switched on,
   * or with another trigger, it acts on what happens from now on.
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public Workflow redefine(Actor by, long id, Workflow.Definition definition) {
    Workflow workflow = find(id);
    if (definition.integrationId() != workflow.integrationId()) {
      throw ProblemException.invalid(WorkflowMessage.INTEGRATION_FIXED)
          .at("integrationId", ProblemMessage.FIELD_WRONG);
    }
    check(definition, id);
    workflow.redefine(definition, clock.instant());
    audit.record(by, "workflow.changed", subject(workflow), details(workflow));
    if (!workflow.enabled()) {
      stopApplications(by, workflow);
    }
    return workflow;
  }

  private void stopApplications(Actor by, Workflow workflow) {
    entities
        .createQuery(
            "select a from WorkflowApplication a where a.workflowId = :id and a.state = :running",
            WorkflowApplication.class)
        .setParameter("id", workflow.id())
        .setParameter("running", BulkRun.State.RUNNING)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .filter(application -> application.cancel(clock.instant()))
        .forEach(
            application ->
                audit.record(by, "workflow.application-cancelled", subject(workflow), Map.of()));
  }

  /**
   * Removes a workflow, its run log and its applications; one that is under way stops. Passkeys
   * that it assigned stay.
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public void remove(Actor by, long id) {
    Workflow workflow = find(id);
    stopApplications(by, workflow);
    entities
        .createQuery("delete from WorkflowRun r where r.workflowId = :id")
        .setParameter("id", id)
        .executeUpdate();
    entities.remove(workflow);
    audit.record(by, "workflow.removed", subject(workflow), Map.of());
  }

  /** All workflows by name. */
  @Transactional
  public List<Workflow> list() {
    return entities
        .createQuery("select w from Workflow w order by w.name", Workflow.class)
        .getResultList();
  }

  /**
   * The run log, counted to 10,000. Filters: {@code workflow, user} (ids){@code , decision, cause}.
   */
  @Transactional
  public Slice<WorkflowRun> runs(PageRequest request) {
    return RUNS.slice(entities, request);
  }

  /**
   * One workflow.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  @Transactional
  public Workflow find(long id) {
    Workflow workflow = entities.find(Workflow.class, id);
    if (workflow == null) {
      throw ProblemException.notFound(WorkflowMessage.UNKNOWN, Long.toString(id));
    }
    return workflow;
  }

  /**
   * Lets every enabled workflow with this trigger decide about a user. Safe to repeat.
   *
   * @param moment when it happened: workflows that were defined or switched on later do not decide;
   *     null for all
   */
  public void run(Trigger trigger, long userId, String cause, @Nullable Instant moment) {
    for (Workflow workflow : enabled(trigger)) {
      if (moment == null || !workflow.decidesSince().isAfter(moment)) {
        decision.decide(workflow.id(), userId, cause);
      }
    }
  }

  private List<Workflow> enabled(Trigger trigger) {
    return entities
        .createQuery(
            "select w from Workflow w where w.enabled = true and w.trigger = :trigger"
                + " order by w.id",
            Workflow.class)
        .setParameter("trigger", trigger)
        .getResultList();
  }

  private void check(Workflow.Definition definition, long id) {
    Map<String, Message> wrong = new HashMap<>();
    if (definition.name().isEmpty() || definition.name().length() > NAME_LENGTH) {
      wrong.put("name", Message.of(ProblemMessage.FIELD_LENGTH, 1, NAME_LENGTH));
    } else if (nameTaken(definition.name(), id)) {
      wrong.put("name", Message.of(WorkflowMessage.FIELD_NAME_TAKEN));
    }
    if (entities.find(Integration.class, definition.integrationId()) == null) {
      wrong.put("integrationId", Message.of(WorkflowMessage.FIELD_NO_INTEGRATION));
    }
    for (long groupId : definition.groupIds()) {
      Group group = entities.find(Group.class, groupId);
      if (group == null) {
        wrong.put("groupIds", Message.of(WorkflowMessage.FIELD_NO_GROUP, Long.toString(groupId)));
      } else if (group.integrationId() != definition.integrationId()) {
        wrong.put(
            "groupIds", Message.of(WorkflowMessage.FIELD_GROUP_ELSEWHERE, Long.toString(groupId)));
      }
    }
    if (!wrong.isEmpty()) {
      throw ProblemException.invalid(WorkflowMessage.INVALID).at(wrong);
    }
  }

  private boolean nameTaken(String name, long id) {
    return !entities
        .createQuery("select w.id from Workflow w where w.name = :name and w.id <> :id", Long.class)
        .setParameter("name", name)
        .setParameter("id", id)
        .getResultList()
        .isEmpty();
  }

  private static Subject subject(Workflow workflow) {
    return Subject.of("workflow", workflow.id(), workflow.name());
  }

  private static Map<String, String> details(Workflow workflow) {
    return Map.of(
        "trigger", workflow.trigger().name(),
        "integration", Long.toString(workflow.integrationId()),
        "groups", workflow.groupIds().toString(),
        "enabled", Boolean.toString(workflow.enabled()));
  }
}
