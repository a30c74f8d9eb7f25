package dev.keysmith.core.overview;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What was done on each of the last days, as the audit log tells. */
@ApplicationScoped
public class Activity {

  private static final int DAYS = 30;

  /** The database counts by quarters of an hour: every zone's days begin with one. */
  private static final int QUARTER_SECONDS = 900;

  private static final String QUARTER =
      "cast(floor(extract(epoch from at) / " + QUARTER_SECONDS + ") as bigint)";

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
   * A day.
   *
   * @param actions how often each was done; the names are those of the audit log
   */
  public record Day(LocalDate date, Map<String, Long> actions) {}

  /**
   * The last thirty days, today included, the oldest first.
   *
   * @param zone in which the days begin
   */
  @Transactional
  List<Day> days(ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    Map<LocalDate, Map<String, Long>> counts = counts(today.minusDays(DAYS - 1), zone);
    return IntStream.range(0, DAYS)
        .mapToObj(day -> today.minusDays(DAYS - 1L - day))
        .map(day -> new Day(day, counts.getOrDefault(day, zeros())))
        .toList();
  }

  private Map<LocalDate, Map<String, Long>> counts(LocalDate from, ZoneId zone) {
    List<?> rows =
        entities
            .createNativeQuery(
                "select action, %1$s, count(*) from audit_entry where at >= ?1 and action in ('%2$s')"
                        .formatted(QUARTER, String.join("', '", ACTIONS))
                    + " group by action, "
                    + QUARTER)
            .setParameter(1, from.atStartOfDay(zone).toOffsetDateTime())
            .getResultList();
    Map<LocalDate, Map<String, Long>> counts = new HashMap<>();
    for (Object each : rows) {
      Object[] row = (Object[]) each;
      Instant begin = Instant.ofEpochSecond(((Number) row[1]).longValue() * QUARTER_SECONDS);
      counts
          .computeIfAbsent(LocalDate.ofInstant(begin, zone), day -> zeros())
          .merge((String) row[0], ((Number) row[2]).longValue(), Long::sum);
    }
    return counts;
  }

  private static Map<String, Long> zeros() {
    Map<String, Long> zeros = new HashMap<>();
    ACTIONS.forEach(action -> zeros.put(action, 0L));
    return zeros;
  }
}
