package dev.keysmith.core.overview;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What was done on each of the last days, as the audit log tells. */
@ApplicationScoped
public class Activity {

  private static final int DAYS = 30;
  private static final List<String> ACTIONS =
      List.of(
          "passkey.assigned",
          "passkey.activated",
          "passkey.revoked",
          "passkey.enrolment-undone",
          "key.activated");

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Clock clock;

  /**
   * A day in UTC.
   *
   * @param actions how often each was done; the names are those of the audit log
   */
  public record Day(LocalDate date, Map<String, Long> actions) {}

  /** The last thirty days, today included, the oldest first. */
  @Transactional
  List<Day> days() {
    long today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
    Map<Long, Map<String, Long>> counts = counts(LocalDate.ofEpochDay(today - DAYS + 1));
    return LongStream.rangeClosed(today - DAYS + 1, today)
        .mapToObj(day -> new Day(LocalDate.ofEpochDay(day), counts.getOrDefault(day, zeros())))
        .toList();
  }

  private Map<Long, Map<String, Long>> counts(LocalDate from) {
    List<?> rows =
        entities
            .createNativeQuery(
                "select action, cast(floor(extract(epoch from at) / 86400) as bigint), count(*)"
                    + " from audit_entry where at >= ?1 and action in ("
                    + "'"
                    + String.join("', '", ACTIONS)
                    + "')"
                    + " group by action, cast(floor(extract(epoch from at) / 86400) as bigint)")
            .setParameter(1, from.atStartOfDay(ZoneOffset.UTC).toOffsetDateTime())
            .getResultList();
    Map<Long, Map<String, Long>> counts = new HashMap<>();
    for (Object each : rows) {
      Object[] row = (Object[]) each;
      counts
          .computeIfAbsent(((Number) row[1]).longValue(), day -> zeros())
          .put((String) row[0], ((Number) row[2]).longValue());
    }
    return counts;
  }

  private static Map<String, Long> zeros() {
    Map<String, Long> zeros = new HashMap<>();
    ACTIONS.forEach(action -> zeros.put(action, 0L));
    return zeros;
  }
}
