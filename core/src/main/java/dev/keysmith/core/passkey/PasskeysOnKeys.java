package dev.keysmith.core.passkey;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The passkeys by the security keys that hold them. */
@ApplicationScoped
public class PasskeysOnKeys {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Passkeys passkeys;

  /** How many active passkeys are on some keys, by id; a key that holds none is left out. */
  @Transactional
  public Map<Long, Long> count(Collection<Long> keyIds) {
    if (keyIds.isEmpty()) {
      return Map.of();
    }
    return entities
        .createQuery(
            "select p.keyId, count(p) from Passkey p where p.keyId in :keys and p.state = :active"
                + " group by p.keyId",
            Object[].class)
        .setParameter("keys", keyIds)
        .setParameter("active", Passkey.State.ACTIVE)
        .getResultStream()
        .collect(Collectors.toMap(row -> (Long) row[0], row -> (Long) row[1]));
  }

  /**
   * Withdraws every active passkey on a key that nobody shall use any more.
   *
   * @return how many there were
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public int revokeAll(Actor by, long keyId) {
    List<Long> active =
        entities
            .createQuery(
                "select p.id from Passkey p where p.keyId = :key and p.state = :active"
                    + " order by p.id",
                Long.class)
            .setParameter("key", keyId)
            .setParameter("active", Passkey.State.ACTIVE)
            .getResultList();
    active.forEach(id -> passkeys.revoke(by, id));
    return active.size();
  }
}
