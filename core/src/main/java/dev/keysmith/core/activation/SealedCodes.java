package dev.keysmith.core.activation;

import dev.keysmith.core.audit.RowWithdrawn;
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

/** The seals of activation codes and of the sessions of those who have redeemed one. */
@ApplicationScoped
class SealedCodes {

  /** Codes in other states open no session. */
  private static final String OPEN =
      "r.state = dev.keysmith.core.activation.ActivationCode.State.OPEN";

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject SealedTables tables;
  @Inject ActivationCodes codes;

  @Transactional(TxType.MANDATORY)
  void sealOlder(@Observes SealingBegun begun) {
    if (begun.lacks(SealingBegun.ALL)) {
      tables.sealAll(ActivationCode.class);
      tables.sealAll(ActivationSession.class);
    }
  }

  @Transactional(TxType.MANDATORY)
  void inspect(@Observes Inspection inspection) {
    tables.inspect(inspection, ActivationCode.class, ActivationCode.KIND, OPEN);
    tables.inspect(inspection, ActivationSession.class, ActivationSession.KIND, "1 = 1");
  }

  @Transactional(TxType.MANDATORY)
  void withdraw(@Observes RowWithdrawn row) {
    row.of(ActivationCode.KIND, id -> entities.find(ActivationCode.class, id))
        .ifPresent(code -> codes.revoke(row.by(), code.id()));
    row.of(ActivationSession.KIND, id -> entities.find(ActivationSession.class, id))
        .ifPresent(entities::remove);
  }
}
