package dev.keysmith.core.operator;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.persistence.Constraints;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts of the people who use the panel. */
@ApplicationScoped
public class Operators {

  private static final int USER_HANDLE_BYTES = 32;

  private static final Listing<Operator> LISTING =
      Listing.of(Operator.class, "login")
          .sortable("name", "role", "created", "lastSignIn")
          .filter("role", Filters.equal("role", Role::valueOf))
          .filter("enabled", Filters.equal("enabled", Boolean::valueOf))
          .filter("text", Filters.contains("login", "name"));

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject SignInSettings settings;
  @Inject Audit audit;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** Makes an account, which a set-up link or an OpenID provider then lets its owner use. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public Operator create(Actor by, NewOperator wanted) {
    return create(by, wanted, newUserHandle());
  }

  /** A user handle for an account that is still to be made. */
  public Bytes newUserHandle() {
    byte[] handle = new byte[USER_HANDLE_BYTES];
    random.nextBytes(handle);
    return Bytes.of(handle);
  }

  Operator create(Actor by, NewOperator wanted, Bytes userHandle) {
    Operator operator = new Operator(wanted, userHandle, clock.instant(), by.name());
    try {
      entities.persist(operator);
      entities.flush();
      operator.seal();
    } catch (PersistenceException e) {
      throw Constraints.violated(e) ? taken(wanted.login()) : e;
    }
    audit.record(
        by,
        "operator.created",
        subject(operator),
        Map.of("role", operator.role().name(), "name", operator.name()));
    return operator;
  }

  /**
   * Operators by login. Filters: {@code role}, {@code enabled}, {@code text} (part of the login or
   * name).
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public Slice<Operator> list(PageRequest request) {
    return LISTING.slice(entities, request);
  }

  /** One operator. */
  @Transactional
  public Operator get(long id) {
    return find(id)
        .orElseThrow(() -> ProblemException.notFound(OperatorMessage.UNKNOWN, Long.toString(id)));
  }

  /** One operator, if there is such. */
  @Transactional
  public Optional<Operator> find(long id) {
    return Optional.ofNullable(entities.find(Operator.class, id));
  }

  /** The operator who signs in with this name. */
  @Transactional
  public Optional<Operator> findLogin(String login) {
    return first("select o from Operator o where o.login = :value", login);
  }

  /** The operator who comes from an OpenID provider. */
  @Transactional
  public Optional<Operator> findIdentity(String identity) {
    return first("select o from Operator o where o.identity = :value", identity);
  }

  private Optional<Operator> first(String query, String value) {
    return entities
        .createQuery(query, Operator.class)
        .setParameter("value", value)
        .getResultStream()
        .findFirst();
  }

  /** Lets an operator do other things from the next request on; a repeat does nothing. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public Operator changeRole(Actor by, long id, Role role) {
    Operator operator = get(id);
    if (operator.isExternal()) {
      throw ProblemException.conflict(OperatorMessage.EXTERNAL, operator.login());
    }
    if (operator.role() != role) {
      requireAnotherAdministrator(operator);
      Role before = operator.role();
      operator.changeRole(role);
      audit.record(
          by,
          "operator.role-changed",
          subject(operator),
          Map.of("from", before.name(), "to", role.name()));
    }
    return operator;
  }

  /** Keeps an operator out and ends the sessions; a repeat does nothing. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public Operator disable(Actor by, long id) {
    Operator operator = get(id);
    if (operator.enabled()) {
      requireAnotherAdministrator(operator);
      operator.disable(clock.instant());
      audit.record(by, "operator.disabled", subject(operator), Map.of());
    }
    return operator;
  }

  /** Lets an operator in again; a repeat does nothing. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public Operator enable(Actor by, long id) {
    Operator operator = get(id);
    if (!operator.enabled()) {
      operator.enable();
      audit.record(by, "operator.enabled", subject(operator), Map.of());
    }
    return operator;
  }

  /**
   * Removes an account with its passkeys and set-up links, and so ends its sessions. The audit log
   * keeps the name, and API tokens that the operator has made stay good.
   *
   * @throws ProblemException {@code CONFLICT} for oneself and for the last administrator
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public void remove(Actor by, long id) {
    Operator operator = get(id);
    if (by.equals(operator.actor())) {
      throw ProblemException.conflict(OperatorMessage.ONESELF);
    }
    requireAnotherAdministrator(operator);
    for (String owned : List.of("OperatorPasskey", "SetUpLink")) {
      entities
          .createQuery("delete from " + owned + " o where o.operatorId = :id")
          .setParameter("id", id)
          .executeUpdate();
    }
    entities.remove(operator);
    audit.record(
        by,
        "operator.removed",
        subject(operator),
        Map.of("role", operator.role().name(), "name", operator.name()));
  }

  /** Ends all sessions of an operator, wherever they are. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
  public void endSessions(Actor by, long id) {
    Operator operator = get(id);
    operator.endSessions(clock.instant());
    audit.record(by, "operator.sessions-ended", subject(operator), Map.of());
  }

  /** Whether there is anybody who can administer: enabled, and able to sign in. */
  @Transactional
  public boolean hasAdministrator() {
    return !administrators().isEmpty();
  }

  /**
   * Locked, so that two administrators cannot disable each other at the same time; without those
   * whom nothing lets in, because the account or its passkey was changed outside.
   */
  private List<Operator> administrators() {
    return entities
        .createQuery(
            "select o from Operator o where o.role = :role and o.enabled = true order by o.id",
            Operator.class)
        .setParameter("role", Role.ADMINISTRATOR)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .stream()
        .filter(Operator::enabled)
        .filter(this::canSignIn)
        .toList();
  }

  private boolean canSignIn(Operator operator) {
    return settings.letsInByPassword(operator)
        || operator.isExternal()
        || hasPasskey(operator.id());
  }

  private boolean hasPasskey(long operatorId) {
    return entities
        .createQuery(
            "select p from OperatorPasskey p where p.operatorId = :id", OperatorPasskey.class)
        .setParameter("id", operatorId)
        .getResultStream()
        .anyMatch(passkey -> !passkey.isChangedOutside());
  }

  private void requireAnotherAdministrator(Operator operator) {
    if (operator.role() == Role.ADMINISTRATOR && administrators().equals(List.of(operator))) {
      throw ProblemException.conflict(OperatorMessage.LAST_ADMINISTRATOR, operator.login());
    }
  }

  private static ProblemException taken(String login) {
    return ProblemException.conflict(OperatorMessage.LOGIN_TAKEN, login);
  }

  static Subject subject(Operator operator) {
    return Subject.of("operator", operator.id(), operator.login());
  }
}
