package dev.keysmith.core.workflow;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Decides whether a workflow assigns a passkey to a user, and writes the decision down. */
@ApplicationScoped
public class WorkflowDecision {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Clock clock;
  @Inject Passkeys passkeys;

  /**
   * Decides, acts and logs in one transaction. A cause that was decided before is left alone, so a
   * repeated event never leads to a second passkey.
   *
   * @return whether a passkey was assigned now
   */
  @Transactional
  public boolean decide(long workflowId, long userId, String cause) {
    Workflow workflow = entities.find(Workflow.class, workflowId);
    User user = entities.find(User.class, userId);
    if (workflow == null || user == null || isDecided(workflowId, userId, cause)) {
      return false;
    }
    Optional<Message> reason =
        Rule.of(workflow)
            .whyNot(user, groupsOf(userId), passkeys.present(userId, workflow.integrationId()));
    entities.persist(
        reason
            .map(why -> WorkflowRun.skipped(workflowId, userId, cause, why, clock.instant()))
            .orElseGet(() -> assign(workflow, user, cause)));
    return reason.isEmpty();
  }

  private WorkflowRun assign(Workflow workflow, User user, String cause) {
    Passkey passkey =
        passkeys.assign(
            Actor.workflow(workflow.id(), workflow.name()), user.id(), workflow.integrationId());
    return WorkflowRun.assigned(workflow.id(), user.id(), cause, passkey.id(), clock.instant());
  }

  private List<Long> groupsOf(long userId) {
    return entities
        .createQuery("select m.groupId from Membership m where m.userId = :user", Long.class)
        .setParameter("user", userId)
        .getResultList();
  }

  private boolean isDecided(long workflowId, long userId, String cause) {
    return !entities
        .createQuery(
            "select r.id from WorkflowRun r where r.workflowId = :workflow and r.userId = :user"
                + " and r.cause = :cause",
            Long.class)
        .setParameter("workflow", workflowId)
        .setParameter("user", userId)
        .setParameter("cause", cause)
        .getResultList()
        .isEmpty();
  }
}
