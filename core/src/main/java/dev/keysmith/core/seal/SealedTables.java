package dev.keysmith.core.seal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks through the tables of sealed rows. A long table is read in parts, one at each look, and
 * from its beginning again after its end; a row with a wrong seal that the server has read for
 * another reason is reported at the next look in any case, and at each one until it is right.
 */
@ApplicationScoped
public class SealedTables {

  private static final int PART = 2000;
  private static final int STEP = 500;

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Seals seals;

  private final Map<String, Long> readTo = new HashMap<>();

  /**
   * Reports the rows that are not the server's.
   *
   * @param type the entity
   * @param kind of its rows
   * @param which of them count: a condition on {@code r}; those that grant nothing need none
   */
  @Transactional(TxType.MANDATORY)
  public <T extends SealedRow> void inspect(
      Inspection inspection, Class<T> type, String kind, String which) {
    List<T> part = part(type, which, after(kind), PART);
    readTo(kind, part.size() < PART ? Long.MIN_VALUE : part.get(PART - 1).id());
    Set<Long> ids = new TreeSet<>(seals.takeMet(kind));
    for (T row : some(type, which, ids)) {
      if (row.isChangedOutside()) {
        seals.met(kind, row.id());
        inspection.report(kind, row.id(), row.called());
      }
    }
  }

  private synchronized long after(String kind) {
    return readTo.getOrDefault(kind, Long.MIN_VALUE);
  }

  private synchronized void readTo(String kind, long id) {
    readTo.put(kind, id);
  }

  private <T extends SealedRow> List<T> part(Class<T> type, String which, long after, int most) {
    return entities
        .createQuery(
            "select r from "
                + type.getSimpleName()
                + " r where r.id > :after and ("
                + which
                + ") order by r.id",
            type)
        .setParameter("after", after)
        .setMaxResults(most)
        .getResultList();
  }

  private <T extends SealedRow> List<T> some(Class<T> type, String which, Set<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : entities
            .createQuery(
                "select r from "
                    + type.getSimpleName()
                    + " r where r.id in :ids and ("
                    + which
                    + ") order by r.id",
                type)
            .setParameter("ids", ids)
            .getResultList();
  }

  /** Seals all rows as they are. */
  @Transactional(TxType.MANDATORY)
  public <T extends SealedRow> void sealAll(Class<T> type) {
    long after = Long.MIN_VALUE;
    List<T> part = part(type, "1 = 1", after, STEP);
    while (!part.isEmpty()) {
      part.forEach(SealedRow::seal);
      entities.flush();
      part.forEach(entities::detach);
      after = part.get(part.size() - 1).id();
      part = part(type, "1 = 1", after, STEP);
    }
  }
}
