package dev.keysmith.core.station;

import dev.keysmith.core.audit.RowWithdrawn;
import dev.keysmith.core.seal.Inspection;
import dev.keysmith.core.seal.SealedTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;

/** All rows that let stations in. No version without seals had any. */
@ApplicationScoped
class SealedStations {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject SealedTables tables;
  @Inject Stations stations;
  @Inject Clock clock;

  @Transactional(TxType.MANDATORY)
  void inspect(@Observes Inspection inspection) {
    tables.inspect(inspection, PairedStation.class, PairedStation.KIND, "1 = 1");
    tables.inspect(inspection, StationPairing.class, StationPairing.KIND, "r.ended is null");
  }

  /** The row grants nothing for good, and its alarm ends. */
  @Transactional(TxType.MANDATORY)
  void withdraw(@Observes RowWithdrawn row) {
    row.of(PairedStation.KIND, id -> entities.find(PairedStation.class, id))
        .ifPresent(station -> stations.revoke(row.by(), station.id()));
    row.of(StationPairing.KIND, id -> entities.find(StationPairing.class, id))
        .ifPresent(pairing -> pairing.withdraw(clock.instant()));
  }
}
