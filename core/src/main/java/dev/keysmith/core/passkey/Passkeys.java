package dev.keysmith.core.passkey;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.directory.DirectoryMessage;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.Filter;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.persistence.Constraints;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.DirectoryUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Assigns, finds and withdraws passkeys. */
@ApplicationScoped
public class Passkeys {

  private static final Listing<Passkey> LISTING =
      Listing.of(Passkey.class, "-assigned")
          .sortable("activated", "state")
          .filter("state", Filters.equal("state", Passkey.State::valueOf))
          .filter("user", Filters.equal("userId", Long::valueOf))
          .filter("integration", Filters.equal("integrationId", Long::valueOf))
          .filter("key", Filters.equal("keyId", Long::valueOf))
          .filter("keyState", Passkeys::onKey)
          .filter("assignedBefore", Filters.to("assigned"))
          .filter("awaitsRemoval", Passkeys::awaitsRemoval);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Audit audit;
  @Inject PasskeyDetails details;
  @Inject Events events;
  @Inject Event<PasskeyBeingRevoked> beingRevoked;
  @Inject Clock clock;

  /**
   * Promises a passkey to a user. It becomes active once its owner has initialised a security key.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is no such user; {@code INVALID} if the
   *     user belongs to another integration or has left; {@code CONFLICT} if one is promised
   *     already
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public Passkey assign(Actor by, long userId, long integrationId) {
    User user = user(userId);
    checkAssignable(user, integrationId);
    Passkey passkey = new Passkey(userId, integrationId, by, clock.instant());
    try {
      entities.persist(passkey);
      passkey.seal();
      entities.flush();
    } catch (PersistenceException e) {
      // The unique promise: another operator assigned one at the same moment.
      throw Constraints.violated(e) ? alreadyAssigned(user) : e;
    }
    audit.record(by, "passkey.assigned", subject(user), details.of(passkey));
    events.record(new PasskeyAssigned(passkey.id(), userId));
    return passkey;
  }

  /** Makes a passkey that was refused wait for its key again. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public Passkey retry(Actor by, long id) {
    Passkey passkey = find(id);
    passkey.requireUnchanged();
    passkey.retry();
    audit.record(by, "passkey.retried", subject(user(passkey.userId())), details.of(passkey));
    return passkey;
  }

  /**
   * Withdraws a passkey. An active one stops working as soon as the identity provider has removed
   * the factor, which follows at once or as soon as it can be reached. An enrolment that is under
   * way ends in nothing.
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public Passkey revoke(Actor by, long id) {
    return end(by, id, Passkey::revoke);
  }

  /** The same without a factor: whose it was, or which, is not known any more. */
  @Transactional
  Passkey withdraw(Actor by, long id) {
    return end(by, id, Passkey::withdraw);
  }

  private Passkey end(Actor by, long id, BiConsumer<Passkey, Instant> how) {
    Passkey passkey = find(id);
    entities.refresh(passkey, LockModeType.PESSIMISTIC_WRITE);
    how.accept(passkey, clock.instant());
    audit.record(by, "passkey.revoked", subject(user(passkey.userId())), details.of(passkey));
    if (passkey.awaitsRemoval()) {
      events.record(new PasskeyRevoked(id));
    }
    beingRevoked.fire(new PasskeyBeingRevoked(id));
    return passkey;
  }

  /** The identity provider has removed the factor of a revoked passkey. */
  @Transactional
  void factorRemoved(Actor by, long id) {
    Passkey passkey = find(id);
    passkey.factorRemoved(clock.instant());
    audit.record(
        by, "passkey.factor-removed", subject(user(passkey.userId())), details.of(passkey));
  }

  /**
   * One passkey.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  @Transactional
  public Passkey find(long id) {
    Passkey passkey = entities.find(Passkey.class, id);
    if (passkey == null) {
      throw ProblemException.notFound(PasskeyMessage.UNKNOWN, Long.toString(id));
    }
    return passkey;
  }

  /**
   * Passkeys. Filters: {@code state, user, integration, key} (ids){@code , keyState} (of the key
   * that it is on){@code , assignedBefore} (an instant){@code , awaitsRemoval} (true, false).
   */
  @Transactional
  public Slice<Passkey> list(PageRequest request) {
    return LISTING.slice(entities, request);
  }

  /** How many passkeys pass the filters of {@link #list}. */
  @Transactional
  public long count(PageRequest request) {
    return LISTING.count(entities, request);
  }

  private static Predicate onKey(Filter.Scope<Passkey> scope, String value) {
    Subquery<Long> keys = scope.query().subquery(Long.class);
    Root<SecurityKey> key = keys.from(SecurityKey.class);
    keys.select(key.get("id"))
        .where(scope.builder().equal(key.get("state"), SecurityKey.State.valueOf(value)));
    return scope.root().get("keyId").in(keys);
  }

  private static Predicate awaitsRemoval(Filter.Scope<Passkey> scope, String value) {
    Predicate awaits =
        scope
            .builder()
            .and(
                scope.builder().equal(scope.root().get("state"), Passkey.State.REVOKED),
                scope.builder().isNotNull(scope.root().get("factorId")),
                scope.builder().isNull(scope.root().get("factorRemoved")));
    return Boolean.parseBoolean(value) ? awaits : scope.builder().not(awaits);
  }

  /** Whether a user has left and gets nothing. */
  public static boolean hasLeft(User user) {
    return user.status() == DirectoryUser.Status.LEFT;
  }

  /** Why a user would be passed over where many get a passkey at once; empty if not. */
  @Transactional
  public Optional<Message> whyNot(User user) {
    if (user.isChangedOutside()) {
      return Optional.of(Message.of(PasskeyMessage.REASON_CHANGED));
    }
    return hasLeft(user)
        ? Optional.of(Message.of(PasskeyMessage.REASON_LEFT))
        : present(user.id(), user.integrationId()).map(Passkey::whyNoOther);
  }

  /** What {@link #present(long, long)} says of many users at once; who has none is not in it. */
  @Transactional
  public Map<Long, Passkey> present(Collection<Long> userIds, long integrationId) {
    Map<Long, Passkey> present = new HashMap<>();
    if (!userIds.isEmpty()) {
      entities
          .createQuery(
              "select p from Passkey p where p.userId in :users and p.integrationId = :integration"
                  + " and p.state <> :revoked order by p.id desc",
              Passkey.class)
          .setParameter("users", userIds)
          .setParameter("integration", integrationId)
          .setParameter("revoked", Passkey.State.REVOKED)
          .getResultStream()
          .forEach(passkey -> present.put(passkey.userId(), passkey));
    }
    return present;
  }

  /** The key that holds one of these credentials; empty if none is known. */
  @Transactional
  public Optional<Long> keyHolding(Collection<Bytes> credentialIds) {
    if (credentialIds.isEmpty()) {
      return Optional.empty();
    }
    return entities
        .createQuery(
            "select p.keyId from Passkey p where p.credentialId in :credentials"
                + " and p.keyId is not null order by p.id desc",
            Long.class)
        .setParameter("credentials", credentialIds.stream().map(Bytes::toBase64Url).toList())
        .getResultStream()
        .findFirst();
  }

  /** A key that a user has, of a model, that holds no passkey in use, if there is just one. */
  @Transactional
  public Optional<Long> emptyKeyOf(long userId, UUID aaguid) {
    List<Long> empty =
        entities
            .createQuery(
                "select k.id from SecurityKey k where k.ownerId = :user and k.aaguid = :aaguid"
                    + " and k.state in :had"
                    + " and (k.serialNumber is null or k.serialShared is not null)"
                    + " and not exists (select p from Passkey p"
                    + " where p.keyId = k.id and p.state = :active)",
                Long.class)
            .setParameter("user", userId)
            .setParameter("aaguid", aaguid.toString())
            .setParameter("had", List.of(SecurityKey.State.ASSIGNED, SecurityKey.State.ACTIVE))
            .setParameter("active", Passkey.State.ACTIVE)
            .setMaxResults(2)
            .getResultList();
    return empty.size() == 1 ? Optional.of(empty.get(0)) : Optional.empty();
  }

  /** Whether a credential on a key opens nothing any more, as far as Keysmith knows. */
  @Transactional
  public boolean mayBeReplaced(Bytes credentialId) {
    List<Passkey> known =
        entities
            .createQuery(
                "select p from Passkey p where p.credentialId = :credential", Passkey.class)
            .setParameter("credential", credentialId.toBase64Url())
            .getResultList();
    return !known.isEmpty()
        && known.stream().allMatch(passkey -> passkey.state() == Passkey.State.REVOKED);
  }

  /** Those of a user that are promised, in any state, in the order in which they were assigned. */
  @Transactional
  public List<Passkey> promisedTo(long userId) {
    return entities
        .createQuery(
            "select p from Passkey p where p.userId = :user and p.promise is not null"
                + " order by p.id",
            Passkey.class)
        .setParameter("user", userId)
        .getResultList();
  }

  /** Withdraws what was promised to a user who has left. */
  @Transactional
  void withdrawFrom(long userId) {
    promisedTo(userId).forEach(passkey -> revoke(Actor.system(), passkey.id()));
  }

  /** Active passkeys of a user on keys of a model, by which such a key is recognised. */
  @Transactional
  public List<Passkey> activeOn(long userId, UUID aaguid) {
    return entities
        .createQuery(
            "select p from Passkey p, SecurityKey k where k.id = p.keyId and p.userId = :user"
                + " and p.state = :active and k.aaguid = :aaguid order by p.id",
            Passkey.class)
        .setParameter("user", userId)
        .setParameter("active", Passkey.State.ACTIVE)
        .setParameter("aaguid", aaguid.toString())
        .getResultList();
  }

  /** Active passkeys on some keys. */
  @Transactional
  public List<Passkey> activeOn(Collection<Long> keyIds) {
    if (keyIds.isEmpty()) {
      return List.of();
    }
    return entities
        .createQuery(
            "select p from Passkey p where p.keyId in :keys and p.state = :active order by p.id",
            Passkey.class)
        .setParameter("keys", keyIds)
        .setParameter("active", Passkey.State.ACTIVE)
        .getResultList();
  }

  /** The passkey whose credential this is, the newest if there are several. */
  @Transactional
  public Optional<Passkey> holding(Bytes credentialId) {
    return entities
        .createQuery(
            "select p from Passkey p where p.credentialId = :credential order by p.id desc",
            Passkey.class)
        .setParameter("credential", credentialId.toBase64Url())
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** A passkey of this user there that is promised or active, if there is one. */
  @Transactional
  public Optional<Passkey> present(long userId, long integrationId) {
    return entities
        .createQuery(
            "select p from Passkey p where p.userId = :user and p.integrationId = :integration"
                + " and p.state <> :revoked order by p.id",
            Passkey.class)
        .setParameter("user", userId)
        .setParameter("integration", integrationId)
        .setParameter("revoked", Passkey.State.REVOKED)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  private void checkAssignable(User user, long integrationId) {
    user.requireUnchanged();
    if (user.integrationId() != integrationId) {
      throw ProblemException.invalid(PasskeyMessage.FOREIGN_INTEGRATION, user.login())
          .at("integrationId", ProblemMessage.FIELD_WRONG);
    }
    if (hasLeft(user)) {
      throw ProblemException.invalid(PasskeyMessage.USER_LEFT, user.login());
    }
    if (entities
        .createQuery("select p.id from Passkey p where p.promise = :promise", Long.class)
        .setParameter("promise", user.id() + ":" + integrationId)
        .getResultStream()
        .findAny()
        .isPresent()) {
      throw alreadyAssigned(user);
    }
  }

  private static ProblemException alreadyAssigned(User user) {
    return ProblemException.conflict(PasskeyMessage.ALREADY_ASSIGNED, user.login());
  }

  private User user(long userId) {
    User user = entities.find(User.class, userId);
    if (user == null) {
      throw ProblemException.notFound(DirectoryMessage.NO_SUCH_USER_HERE, Long.toString(userId));
    }
    return user;
  }

  private static Subject subject(User user) {
    return Subject.of("user", user.id(), user.login());
  }
}
