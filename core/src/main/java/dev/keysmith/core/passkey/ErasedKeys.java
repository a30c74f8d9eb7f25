package dev.keysmith.core.passkey;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.key.SecurityKeyErased;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** Withdraws the passkeys that were on a key that has been erased: nobody can use them again. */
@ApplicationScoped
class ErasedKeys {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Passkeys passkeys;

  @Transactional
  void onErased(@Observes SecurityKeyErased event) {
    entities
        .createQuery(
            "select p.id from Passkey p where p.keyId = :key and p.state = :active", Long.class)
        .setParameter("key", event.keyId())
        .setParameter("active", Passkey.State.ACTIVE)
        .getResultList()
        .forEach(id -> passkeys.revoke(Actor.system(), id));
    entities
        .createQuery("delete from LeftoverCredential l where l.keyId = :key")
        .setParameter("key", event.keyId())
        .executeUpdate();
  }
}
