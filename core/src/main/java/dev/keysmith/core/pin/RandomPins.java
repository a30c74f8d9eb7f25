package dev.keysmith.core.pin;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.event.PostponedException;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.secret.MasterKeyRotated;
import dev.keysmith.core.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Random PINs until they are handed over: sealed in the database, each for the operator who had it
 * set, for an hour. One that was shown is erased; so is one whose time is over.
 */
@ApplicationScoped
public class RandomPins {

  private static final Duration KEPT = Duration.ofHours(1);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject SecurityKeys keys;
  @Inject Users users;
  @Inject Secrets secrets;
  @Inject Events events;
  @Inject Audit audit;
  @Inject Clock clock;

  /**
   * Where a random PIN is set.
   *
   * @param keyId the key in the inventory
   * @param userId its owner
   * @param sessionId the key session that sets it
   */
  public record Origin(long keyId, long userId, String sessionId) {}

  /**
   * A PIN to hand over.
   *
   * @param key what the key is known by
   * @param sessionId the key session that set it
   * @param set when
   * @param expires when it is erased
   */
  public record Waiting(
      long id,
      long keyId,
      String key,
      long userId,
      String name,
      String login,
      String sessionId,
      Instant set,
      Instant expires) {}

  /**
   * Keeps a PIN that is about to be set on a key.
   *
   * @param pin stays the caller's
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public long keep(Actor by, Origin origin, char[] pin) {
    Instant now = clock.instant();
    RandomPin kept = new RandomPin(by, origin, now, now.plus(KEPT));
    entities.persist(kept);
    kept.seal(secrets.seal(kept.purpose(), pin));
    events.record(new RandomPinKept(kept.id()));
    return kept.id();
  }

  /** Erases a PIN that was not set after all. */
  @Transactional
  public void drop(long id) {
    Optional.ofNullable(entities.find(RandomPin.class, id)).ifPresent(entities::remove);
  }

  /**
   * Erases what is kept for a key that has another PIN now, or none.
   *
   * @param except the PIN that it has, if that is kept
   */
  @Transactional
  public void dropOf(long keyId, Optional<Long> except) {
    entities
        .createQuery("delete from RandomPin p where p.keyId = :key and p.id <> :except")
        .setParameter("key", keyId)
        .setParameter("except", except.orElse(0L))
        .executeUpdate();
  }

  /** The PINs that wait for the operator who had them set, the newest first. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public List<Waiting> list(Actor by) {
    return own(by, "")
        .getResultStream()
        .filter(pin -> !pin.isChangedOutside())
        .map(this::waiting)
        .toList();
  }

  /** The PIN of a session's key, if it waits for this actor; also after another session. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public Optional<Long> find(Actor by, String sessionId, Optional<Long> keyId) {
    return own(by, " and (p.sessionId = :session or p.keyId = :key)")
        .setParameter("session", sessionId)
        .setParameter("key", keyId.orElse(0L))
        .getResultStream()
        .filter(pin -> !pin.isChangedOutside())
        .findFirst()
        .map(RandomPin::id);
  }

  private TypedQuery<RandomPin> own(Actor by, String more) {
    return entities
        .createQuery(
            "select p from RandomPin p where p.setByKind = :kind and p.setById = :id"
                + " and p.expires > :now"
                + more
                + " order by p.setAt desc, p.id desc",
            RandomPin.class)
        .setParameter("kind", by.kind())
        .setParameter("id", by.id())
        .setParameter("now", clock.instant());
  }

  private Waiting waiting(RandomPin pin) {
    SecurityKey key = keys.find(pin.keyId());
    User user = users.find(pin.userId());
    return new Waiting(
        pin.id(),
        pin.keyId(),
        key.name(),
        user.id(),
        user.displayName(),
        user.login(),
        pin.sessionId(),
        pin.setAt(),
        pin.expires());
  }

  /**
   * Shows a PIN, once, to the operator who had it set.
   *
   * @return the caller erases it
   * @throws ProblemException {@code NOT_FOUND} if there is none for this actor, it was shown
   *     before, or its time is over
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public char[] show(Actor by, long id) {
    RandomPin pin =
        own(by, " and p.id = :pin")
            .setParameter("pin", id)
            .setLockMode(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
            .getResultStream()
            .filter(each -> !each.isChangedOutside())
            .findFirst()
            .orElseThrow(RandomPins::none);
    char[] shown = secrets.open(pin.purpose(), pin.sealed());
    record(by, "key.pin-shown", pin);
    entities.remove(pin);
    return shown;
  }

  /** The answer for a PIN that does not exist or belongs to another operator. */
  public static ProblemException none() {
    return ProblemException.notFound(PinMessage.NONE);
  }

  private void record(Actor by, String action, RandomPin pin) {
    User user = users.find(pin.userId());
    SecurityKey key = keys.find(pin.keyId());
    audit.record(
        by,
        action,
        Subject.of("user", user.id(), user.login()),
        Map.of("key", Long.toString(key.id()), "keyLabel", key.name(), "session", pin.sessionId()));
  }

  @Transactional
  void end(@Observes RandomPinKept kept) {
    RandomPin pin = entities.find(RandomPin.class, kept.pinId());
    if (pin == null) {
      return;
    }
    if (!pin.isOver(clock.instant())) {
      throw new PostponedException(Duration.between(clock.instant(), pin.expires()));
    }
    record(Actor.system(), "key.pin-expired", pin);
    entities.remove(pin);
  }

  @Transactional
  void reseal(@Observes MasterKeyRotated rotated) {
    for (RandomPin each :
        entities.createQuery("select p from RandomPin p", RandomPin.class).getResultList()) {
      if (!each.isChangedOutside()) {
        secrets.resealed(each.purpose(), each.sealed()).ifPresent(each::seal);
      }
    }
  }
}
