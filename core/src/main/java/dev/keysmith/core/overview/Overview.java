package dev.keysmith.core.overview;

import dev.keysmith.core.bulk.UserHoldings;
import dev.keysmith.core.bulk.UserSelection;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.spi.idp.DirectoryUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts users, passkeys and keys; each figure comes with the filters of the list behind it. */
@ApplicationScoped
public class Overview {

  private static final int MODELS = 20;

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject UserHoldings holders;
  @Inject Activity activity;
  @Inject Attention attention;

  /**
   * All figures.
   *
   * @param users of the lists of users; those with an active, with a pending and without a key are
   *     together those who are active
   * @param passkeys how many there are in each state
   * @param keys how many there are in each state
   * @param models the twenty with the most keys that are in use
   * @param days the last thirty, the oldest first
   * @param attention what an operator must look after; empty if all is well
   */
  public record Figures(
      List<Figure> users,
      Map<Passkey.State, Long> passkeys,
      Map<SecurityKey.State, Long> keys,
      List<Model> models,
      List<Activity.Day> days,
      List<Attention.Item> attention) {}

  /**
   * How many entries of a list pass some filters.
   *
   * @param name stable, for programs
   * @param filters of the list of users
   */
  public record Figure(String name, long count, Map<String, String> filters) {}

  /** How many keys of a model have an owner. */
  public record Model(String aaguid, String model, long keys) {}

  /**
   * Counts everything as it is now.
   *
   * @param zone in which the days begin
   */
  @Transactional
  public Figures figures(ZoneId zone) {
    return new Figures(
        List.of(
            users("active", Map.of()),
            users("with-active-key", Map.of("key", "ACTIVE")),
            users("with-pending-key", Map.of("key", "PENDING")),
            users("without-key", Map.of("key", "NONE")),
            users("without-passkey", Map.of("passkey", "NONE")),
            users("with-active-passkey", Map.of("passkey", "ACTIVE")),
            users("waiting-for-passkey", Map.of("passkey", "ASSIGNED"))),
        byState(Passkey.State.class, "select p.state, count(p) from Passkey p group by p.state"),
        byState(
            SecurityKey.State.class,
            "select k.state, count(k) from SecurityKey k group by k.state"),
        models(),
        activity.days(zone),
        attention.items());
  }

  private Figure users(String name, Map<String, String> wanted) {
    Map<String, String> filters = new HashMap<>(wanted);
    filters.put("status", DirectoryUser.Status.ACTIVE.name());
    return new Figure(name, holders.count(UserSelection.matching(filters)), filters);
  }

  private <S extends Enum<S>> Map<S, Long> byState(Class<S> type, String query) {
    Map<S, Long> counts = new EnumMap<>(type);
    for (S state : type.getEnumConstants()) {
      counts.put(state, 0L);
    }
    entities
        .createQuery(query, Object[].class)
        .getResultStream()
        .forEach(row -> counts.put(type.cast(row[0]), (Long) row[1]));
    return counts;
  }

  private List<Model> models() {
    return entities
        .createQuery(
            "select k.aaguid, k.model, count(k) from SecurityKey k where k.state in :used"
                + " group by k.aaguid, k.model order by count(k) desc, k.model",
            Object[].class)
        .setParameter("used", List.of(SecurityKey.State.ASSIGNED, SecurityKey.State.ACTIVE))
        .setMaxResults(MODELS)
        .getResultStream()
        .map(row -> new Model((String) row[0], (String) row[1], (Long) row[2]))
        .toList();
  }
}
