package dev.keysmith.core.station;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Proofs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells which station a connection is, and which connected stations may still be. */
@ApplicationScoped
class StationIdentities {

  /** Looks closer together than this are not recorded. */
  private static final Duration SEEN_RECORDED_EVERY = Duration.ofMinutes(1);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Refusals refusals;
  @Inject Clock clock;

  /**
   * The usable station that has signed a statement.
   *
   * @param origin of this server, as the station reaches it
   * @param address of the station, for the audit log
   */
  @Transactional
  Optional<StationIdentity> prove(Frame.Proof proof, String origin, byte[] nonce, String address) {
    PairedStation station = entities.find(PairedStation.class, proof.station());
    byte[] statement = Proofs.connection(origin, proof.station(), nonce);
    if (station == null
        || !station.isUsable()
        || !Proofs.isValid(station.publicKey(), statement, proof.signature())) {
      refusals.refusedWithin(
          Actor.system(), "station.refused", address, Long.toString(proof.station()));
      return Optional.empty();
    }
    station.runs(proof.program(), proof.system());
    station.seen(clock.instant());
    return Optional.of(StationIdentity.of(station));
  }

  /** Those of the connected stations that may stay connected; they are noted as seen. */
  @Transactional
  Map<Long, StationIdentity> usable(Collection<Long> connected) {
    if (connected.isEmpty()) {
      return Map.of();
    }
    noteSeen(connected);
    return entities
        .createQuery("select s from PairedStation s where s.id in :ids", PairedStation.class)
        .setParameter("ids", connected)
        .getResultStream()
        .filter(PairedStation::isUsable)
        .collect(Collectors.toMap(PairedStation::id, StationIdentity::of));
  }

  /** Past the version: a change by an administrator at the same time does not fail by it. */
  private void noteSeen(Collection<Long> connected) {
    Instant now = clock.instant();
    entities
        .createQuery(
            "update PairedStation s set s.lastSeen = :now where s.id in :ids"
                + " and (s.lastSeen is null or s.lastSeen < :before)")
        .setParameter("now", now)
        .setParameter("ids", connected)
        .setParameter("before", now.minus(SEEN_RECORDED_EVERY))
        .executeUpdate();
  }
}
