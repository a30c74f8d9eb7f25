package dev.keysmith.core.apitoken;

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

/** All rows that let API tokens in. */
@ApplicationScoped
class SealedApiTokens {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject SealedTables tables;
  @Inject ApiTokens tokens;

  @Transactional(TxType.MANDATORY)
  void sealOlder(@Observes SealingBegun begun) {
    if (begun.lacks(SealingBegun.OPERATORS)) {
      tables.sealAll(ApiToken.class);
    }
  }

  @Transactional(TxType.MANDATORY)
  void inspect(@Observes Inspection inspection) {
    tables.inspect(inspection, ApiToken.class, ApiToken.KIND, "1 = 1");
  }

  /** The row grants nothing for good, and its alarm ends. */
  @Transactional(TxType.MANDATORY)
  void withdraw(@Observes RowWithdrawn row) {
    row.of(ApiToken.KIND, id -> entities.find(ApiToken.class, id))
        .ifPresent(token -> tokens.revoke(row.by(), token.id()));
  }
}
