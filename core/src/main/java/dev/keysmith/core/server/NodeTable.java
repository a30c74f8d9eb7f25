package dev.keysmith.core.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When each server last noted that it runs. Their clocks must agree within some seconds. */
@ApplicationScoped
class NodeTable {

  private static final Duration ALIVE = ServerNodes.PERIOD.multipliedBy(4);
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Clock clock;

  /** Notes that a server runs, and returns the names of all that do. */
  @Transactional
  List<String> note(String name) {
    Instant now = clock.instant();
    ServerNode node = entities.find(ServerNode.class, name);
    if (node == null) {
      entities.persist(new ServerNode(name, now));
    } else {
      node.seen(now);
    }
    entities
        .createQuery("delete from ServerNode n where n.seen < :before")
        .setParameter("before", now.minus(FORGOTTEN))
        .executeUpdate();
    entities.flush();
    return entities
        .createQuery(
            "select n.name from ServerNode n where n.seen > :since order by n.name", String.class)
        .setParameter("since", now.minus(ALIVE))
        .getResultList();
  }

  /** A server has stopped. */
  @Transactional
  void remove(String name) {
    ServerNode node = entities.find(ServerNode.class, name);
    if (node != null) {
      entities.remove(node);
    }
  }
}
