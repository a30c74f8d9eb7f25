package dev.keysmith.core.operator;

import dev.keysmith.core.seal.Inspection;
import dev.keysmith.core.seal.SealingBegun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.stream.Stream;

/** All rows that let people in. */
@ApplicationScoped
class SealedRows {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Transactional(TxType.MANDATORY)
  void sealOlder(@Observes SealingBegun begun) {
    all().forEach(SealedRow::seal);
  }

  @Transactional(TxType.MANDATORY)
  void inspect(@Observes Inspection inspection) {
    rows(Operator.class)
        .filter(SealedRow::isChangedOutside)
        .forEach(row -> inspection.report(row.kind(), row.id(), row.login()));
    rows(OperatorPasskey.class)
        .filter(SealedRow::isChangedOutside)
        .forEach(row -> inspection.report(row.kind(), row.id(), row.label()));
    rows(ApiToken.class)
        .filter(SealedRow::isChangedOutside)
        .forEach(row -> inspection.report(row.kind(), row.id(), row.label()));
    rows(SetUpLink.class)
        .filter(SealedRow::isChangedOutside)
        .forEach(row -> inspection.report(row.kind(), row.id(), row.createdBy()));
  }

  private Stream<SealedRow> all() {
    return Stream.of(Operator.class, OperatorPasskey.class, ApiToken.class, SetUpLink.class)
        .flatMap(this::rows);
  }

  private <T> Stream<T> rows(Class<T> type) {
    List<T> rows =
        entities.createQuery("select r from " + type.getSimpleName() + " r", type).getResultList();
    return rows.stream();
  }
}
