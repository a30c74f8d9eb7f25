package dev.keysmith.core.operator;

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
import java.time.Clock;

/** All rows that let operators in. */
@ApplicationScoped
class SealedOperators {

  private static final String ALL = "1 = 1";

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject SealedTables tables;
  @Inject Clock clock;

  @Transactional(TxType.MANDATORY)
  void sealOlder(@Observes SealingBegun begun) {
    if (begun.lacks(SealingBegun.OPERATORS)) {
      tables.sealAll(Operator.class);
      tables.sealAll(OperatorPasskey.class);
      tables.sealAll(SetUpLink.class);
    }
  }

  @Transactional(TxType.MANDATORY)
  void inspect(@Observes Inspection inspection) {
    tables.inspect(inspection, Operator.class, Operator.KIND, ALL);
    tables.inspect(inspection, OperatorPasskey.class, OperatorPasskey.KIND, ALL);
    tables.inspect(inspection, SetUpLink.class, SetUpLink.KIND, ALL);
  }

  /** The row grants nothing for good, and its alarm ends. */
  @Transactional(TxType.MANDATORY)
  void withdraw(@Observes RowWithdrawn row) {
    row.of(Operator.KIND, id -> entities.find(Operator.class, id))
        .ifPresent(operator -> operator.shut(clock.instant()));
    row.of(OperatorPasskey.KIND, id -> entities.find(OperatorPasskey.class, id))
        .ifPresent(entities::remove);
    row.of(SetUpLink.KIND, id -> entities.find(SetUpLink.class, id))
        .ifPresent(link -> link.end(clock.instant()));
  }
}
