package dev.keysmith.core.directory;

import dev.keysmith.core.audit.RowWithdrawn;
import dev.keysmith.core.seal.Inspection;
import dev.keysmith.core.seal.SealedTables;
import dev.keysmith.core.seal.SealingBegun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** The seals of users: which account each is, and by what people know whose it is. */
@ApplicationScoped
class SealedUsers {

  @PersistenceContext(unitName = "keysmith")
  EntityManager em;

  @Inject SealedTables tables;
  @Inject Departures departures;
  @Inject Event<UserWithdrawn> withdrawn;

  @Transactional(TxType.MANDATORY)
  void sealOlder(@Observes SealingBegun begun) {
    if (begun.lacks(SealingBegun.ALL)) {
      tables.sealAll(User.class);
    }
  }

  @Transactional(TxType.MANDATORY)
  void inspect(@Observes Inspection inspection) {
    tables.inspect(inspection, User.class, User.KIND, "1 = 1");
  }

  /**
   * As if the user had left: what was promised is withdrawn, and the next import says who it is.
   */
  @Transactional(TxType.MANDATORY)
  void withdraw(@Observes RowWithdrawn row) {
    row.of(User.KIND, id -> em.find(User.class, id))
        .ifPresent(
            user -> {
              departures.leave(user);
              user.seal();
              withdrawn.fire(new UserWithdrawn(row.by(), user.id()));
            });
  }
}
