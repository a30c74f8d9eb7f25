package dev.keysmith.core.event;

import com.github.kagkarlsson.scheduler.task.Execution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.bind.JsonbException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;

/** Moves events from the queue to where they wait for an operator. */
@ApplicationScoped
class DeadLetterWriter {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject EventTypes types;
  @Inject Event<EventGivenUp> givenUp;

  /**
   * Takes an event out of the queue and keeps it, or neither. Does nothing if another node has
   * taken the delivery over.
   *
   * <p>The row is deleted here because the queue's own removal commits, which it may not do in a
   * transaction of the container.
   */
  @Transactional(TxType.REQUIRES_NEW)
  public void giveUp(DeadLetter event, Execution execution) {
    int deleted =
        entities
            .createNativeQuery(
                "delete from scheduled_tasks"
                    + " where task_name = ?1 and task_instance = ?2 and version = ?3")
            .setParameter(1, execution.getTaskName())
            .setParameter(2, execution.getId())
            .setParameter(3, execution.version)
            .executeUpdate();
    if (deleted == 1) {
      entities.persist(event);
      readable(event).ifPresent(record -> givenUp.fire(new EventGivenUp(record, event.reason())));
    }
  }

  /** The record of a dead letter; empty if this version cannot read it. */
  Optional<Record> readable(DeadLetter event) {
    try {
      return types.find(event.type()).map(type -> EventJson.read(event.payload(), type));
    } catch (JsonbException e) {
      // Which is why it was given up.
      return Optional.empty();
    }
  }
}
