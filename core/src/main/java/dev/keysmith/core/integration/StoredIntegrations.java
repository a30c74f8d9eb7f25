package dev.keysmith.core.integration;

import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

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
    Integration integration = em.find(Integration.class, id);
    if (integration == null) {
      throw ProblemException.notFound("integration.unknown", "There is no integration " + id + ".");
    }
    return integration;
  }
}
