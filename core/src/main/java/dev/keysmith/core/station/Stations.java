package dev.keysmith.core.station;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.platform.AfterCommit;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The paired stations: what administrators decide about them. */
@ApplicationScoped
public class Stations {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject StationLinks links;
  @Inject Audit audit;
  @Inject AfterCommit afterCommit;
  @Inject Clock clock;

  /** All stations by name, revoked ones last. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
  public List<PairedStation> list() {
    return entities
        .createQuery(
            "select s from PairedStation s"
                + " order by case when s.revoked is null then 0 else 1 end, s.name, s.id",
            PairedStation.class)
        .getResultList();
  }

  /**
   * One station.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
  public PairedStation find(long id) {
    return found(id);
  }

  private PairedStation found(long id) {
    PairedStation station = entities.find(PairedStation.class, id);
    if (station == null) {
      throw ProblemException.notFound(StationMessage.UNKNOWN, Long.toString(id));
    }
    return station;
  }

  /**
   * Changes what was decided about a station; it counts for the next request.
   *
   * @throws ProblemException {@code NOT_FOUND}; {@code CONFLICT} if the station was revoked, or was
   *     changed outside
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public PairedStation change(Actor by, long id, StationTerms terms) {
    PairedStation station = found(id);
    station.requireUnchanged();
    if (station.revoked().isPresent()) {
      throw ProblemException.conflict(StationMessage.REVOKED, station.name());
    }
    String before = station.name();
    station.decide(terms);
    audit.record(
        by,
        "station.changed",
        subject(station),
        Map.of(
            "name before", before,
            "site", terms.site(),
            "serves", terms.serves().name(),
            "groups", terms.groupText()));
    StationIdentity now = StationIdentity.of(station);
    afterCommit.run(() -> links.refresh(now));
    return station;
  }

  /** Ends a pairing for good, and the station's connections at once; a repeat does nothing. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public void revoke(Actor by, long id) {
    PairedStation station = found(id);
    if (station.revoke(clock.instant())) {
      audit.record(by, "station.revoked", subject(station), Map.of());
      afterCommit.run(() -> links.revoked(id));
    }
  }

  static Subject subject(PairedStation station) {
    return Subject.of(PairedStation.KIND, station.id(), station.name());
  }
}
