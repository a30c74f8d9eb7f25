package dev.keysmith.core.event;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.function.Predicate;

/** The events that could not be delivered: to be retried or given up by an operator. */
@ApplicationScoped
public class DeadLetters {

  private static final Listing<DeadLetter> LISTING =
      Listing.of(DeadLetter.class, "-givenUp")
          .sortable("type", "recorded", "attempts")
          .filter("type", Filters.equal("type"));

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Events events;
  @Inject Audit audit;
  @Inject DeadLetterWriter writer;
  @Inject Event<EventRetried> retried;

  /** Dead letters, the newest first; filter: {@code type}. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public Slice<DeadLetter> list(PageRequest request) {
    return LISTING.slice(entities, request);
  }

  /** How many there are. */
  @Transactional
  public long count() {
    return LISTING.count(entities, PageRequest.first());
  }

  /** Whether this event is a dead letter. */
  @Transactional
  public boolean contains(String id) {
    return entities.find(DeadLetter.class, id) != null;
  }

  /**
   * Delivers an event again, with all its attempts before it.
   *
   * @throws ProblemException {@code CONFLICT} if other work is under way in its place
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public void retry(Actor by, String id) {
    DeadLetter event = remove(by, id, "event.retried");
    entities.flush();
    events.again(id, event.envelope());
    writer.readable(event).ifPresent(record -> retried.fire(new EventRetried(record)));
  }

  /**
   * Delivers events of a type again, because what had kept them from being handled is gone. Those
   * that this version cannot read stay.
   *
   * @param which of them
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public <E extends Record> void retry(Actor by, Class<E> type, Predicate<E> which) {
    entities
        .createQuery(
            "select e from DeadLetter e where e.type = :type order by e.recorded", DeadLetter.class)
        .setParameter("type", EventTypes.nameOf(type))
        .getResultStream()
        .filter(event -> writer.readable(event).filter(it -> which.test(type.cast(it))).isPresent())
        .map(DeadLetter::id)
        .toList()
        .forEach(id -> retry(by, id));
  }

  /** Gives an event up: what should have followed from it will not happen. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public void discard(Actor by, String id) {
    remove(by, id, "event.discarded");
  }

  private DeadLetter remove(Actor by, String id, String action) {
    DeadLetter event = entities.find(DeadLetter.class, id);
    if (event == null) {
      throw ProblemException.notFound(EventMessage.NO_DEAD_LETTER);
    }
    entities.remove(event);
    audit.record(by, action, new Subject("event", id, event.type()), Map.of());
    return event;
  }
}
