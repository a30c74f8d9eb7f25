package dev.keysmith.core.integration;

import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.jspecify.annotations.Nullable;

/**
 * Reads integrations in a transaction, also for callers that have none. A bean of its own, because
 * no interceptor sees a call within a bean; without a transaction, threads of the server may get
 * the same entity manager, which the first of them closes.
 */
@ApplicationScoped
class StoredIntegrations {

  @PersistenceContext(unitName = "keysmith")
  EntityManager em;

  /**
   * The integration with this id.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none
   */
  @Transactional
  Integration find(long id) {
    return there(em.find(Integration.class, id), id);
  }

  /**
   * The same for a change of it, in the transaction of the change. Only what differs is written, so
   * two changes at once would leave the settings of the one with the secrets of the other.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none
   */
  @Transactional(TxType.MANDATORY)
  Integration lock(long id) {
    return there(em.find(Integration.class, id, LockModeType.PESSIMISTIC_WRITE), id);
  }

  private static Integration there(@Nullable Integration found, long id) {
    if (found == null) {
      throw ProblemException.notFound(IntegrationMessage.UNKNOWN, Long.toString(id));
    }
    return found;
  }
}
