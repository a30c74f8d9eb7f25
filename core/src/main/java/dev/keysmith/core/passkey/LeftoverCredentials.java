package dev.keysmith.core.passkey;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/** The credentials that undone enrolments may have left on security keys. */
@ApplicationScoped
public class LeftoverCredentials {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  /** Those on a key. */
  @Transactional
  public List<LeftoverCredential> on(long keyId) {
    return entities
        .createQuery(
            "select l from LeftoverCredential l where l.keyId = :key order by l.id",
            LeftoverCredential.class)
        .setParameter("key", keyId)
        .getResultList();
  }

  /** One has been deleted on its key, or was not there. */
  @Transactional
  public void gone(LeftoverCredential leftover) {
    LeftoverCredential managed = entities.find(LeftoverCredential.class, leftover.id());
    if (managed != null) {
      entities.remove(managed);
    }
  }
}
