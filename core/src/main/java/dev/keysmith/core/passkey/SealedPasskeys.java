package dev.keysmith.core.passkey;

import dev.keysmith.core.audit.RowWithdrawn;
import dev.keysmith.core.directory.UserWithdrawn;
import dev.keysmith.core.seal.Inspection;
import dev.keysmith.core.seal.SealedTables;
import dev.keysmith.core.seal.SealingBegun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** The seals of passkeys: whose each is, where, on which key, and whether it opens the door. */
@ApplicationScoped
class SealedPasskeys {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject SealedTables tables;
  @Inject Passkeys passkeys;

  @Transactional(TxType.MANDATORY)
  void sealOlder(@Observes SealingBegun begun) {
    if (begun.lacks(SealingBegun.ALL)) {
      tables.sealAll(Passkey.class);
    }
  }

  @Transactional(TxType.MANDATORY)
  void inspect(@Observes Inspection inspection) {
    tables.inspect(inspection, Passkey.class, Passkey.KIND, "1 = 1");
  }

  @Transactional(TxType.MANDATORY)
  void withdraw(@Observes RowWithdrawn row) {
    row.of(Passkey.KIND, id -> entities.find(Passkey.class, id))
        .ifPresent(passkey -> passkeys.revoke(row.by(), passkey.id()));
  }

  /** Whose account its passkeys open is not known any more; a person has to look there. */
  @Transactional(TxType.MANDATORY)
  void withdrawAll(@Observes UserWithdrawn user) {
    entities
        .createQuery(
            "select p.id from Passkey p where p.userId = :user"
                + " and (p.state <> :revoked or p.factorId is not null and p.factorRemoved is null)"
                + " order by p.id",
            Long.class)
        .setParameter("user", user.userId())
        .setParameter("revoked", Passkey.State.REVOKED)
        .getResultList()
        .forEach(id -> passkeys.withdraw(user.by(), id));
  }
}
