package dev.keysmith.core.operator;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.apitoken.TokenText;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One-time links by which operators set up a password or a passkey. The first one, issued by the
 * server itself, makes the first account.
 */
@ApplicationScoped
public class SetUps {

  /** How long a link for a further operator can be used. */
  public static final Duration LIFETIME = Duration.ofDays(3);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Operators operators;
  @Inject OperatorPasskeys passkeys;
  @Inject Passwords passwords;
  @Inject Audit audit;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** Whether there is a link of this node that makes the first account. */
  @Transactional
  public boolean hasFirst(String node) {
    return firstLinks().stream().anyMatch(link -> link.createdBy().equals(creator(node)));
  }

  /** Each node has a link of its own, as each has a file of its own that the link is in. */
  private static String creator(String node) {
    return Actor.system().name() + " on " + node;
  }

  /** Ends the links that make the first account: there is one who can administer. */
  @Transactional
  public void endFirst() {
    Instant now = clock.instant();
    firstLinks().forEach(link -> link.end(now));
  }

  private List<SetUpLink> firstLinks() {
    return entities
        .createQuery(
            "select l from SetUpLink l where l.operatorId is null and l.ended is null",
            SetUpLink.class)
        .getResultList();
  }

  /** Issues the link that makes the first account; those of this node before it are of no use. */
  @Transactional
  public IssuedSetUpLink issueFirst(String node) {
    Instant now = clock.instant();
    firstLinks().stream()
        .filter(link -> link.createdBy().equals(creator(node)))
        .forEach(link -> link.end(now));
    char[] text = TokenText.random(random);
    SetUpLink link = SetUpLink.first(TokenText.hash(text), now, creator(node));
    entities.persist(link);
    entities.flush();
    link.seal();
    return new IssuedSetUpLink(link, text);
  }

  /** Issues a link for an operator; the ones before cannot be used any more. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public IssuedSetUpLink issue(Actor by, long operatorId) {
    Operator operator = operators.get(operatorId);
    if (operator.isExternal() || !operator.enabled()) {
      throw ProblemException.conflict(OperatorMessage.NO_SET_UP, operator.login());
    }
    Instant now = clock.instant();
    endLinks(operator);
    char[] text = TokenText.random(random);
    SetUpLink link =
        SetUpLink.of(operator, TokenText.hash(text), now, by.name()).until(now.plus(LIFETIME));
    entities.persist(link);
    entities.flush();
    link.seal();
    audit.record(by, "operator.set-up-link-issued", Operators.subject(operator), Map.of());
    return new IssuedSetUpLink(link, text);
  }

  /**
   * Whose account a link is for; empty for the first account, which has no names yet.
   *
   * @throws ProblemException if the link cannot be used
   */
  @Transactional
  public Optional<Operator> owner(char[] text) {
    return usable(text, LockModeType.NONE).operatorId().map(operators::get);
  }

  /** Uses a link up and sets the password, which stays the caller's to erase. */
  @Transactional
  public Operator setPassword(char[] text, SetUpNames names, char[] password) {
    usable(text, LockModeType.NONE);
    PasswordRules.check(password, names.login());
    Operator operator = use(text, names, operators.newUserHandle());
    NamedCaller.SET_UP.run(() -> passwords.set(operator.actor(), operator.id(), password));
    return operator;
  }

  /** Uses a link up and adds the passkey that a browser has made. */
  @Transactional
  public Operator addPasskey(char[] text, SetUpNames names, NewPasskey made) {
    Operator operator = use(text, names, made.userHandle());
    NamedCaller.SET_UP.run(() -> passkeys.add(operator.actor(), operator.id(), made));
    return operator;
  }

  private Operator use(char[] text, SetUpNames names, Bytes userHandle) {
    Instant now = clock.instant();
    SetUpLink link = usable(text, LockModeType.PESSIMISTIC_WRITE);
    Operator operator =
        link.operatorId().map(operators::get).orElseGet(() -> createFirst(names, userHandle));
    if (!operator.enabled()) {
      throw unusable();
    }
    link.end(now);
    audit.record(operator.actor(), "operator.set-up", Operators.subject(operator), Map.of());
    return operator;
  }

  private Operator createFirst(SetUpNames names, Bytes userHandle) {
    if (operators.hasAdministrator()) {
      throw unusable();
    }
    return operators.create(
        Actor.system(),
        new NewOperator(names.login(), names.name(), Role.ADMINISTRATOR),
        userHandle);
  }

  private SetUpLink usable(char[] text, LockModeType lock) {
    if (!TokenText.isPlausible(text)) {
      throw unusable();
    }
    Instant now = clock.instant();
    return entities
        .createQuery("select l from SetUpLink l where l.hash = :hash", SetUpLink.class)
        .setParameter("hash", TokenText.hash(text))
        .setLockMode(lock)
        .getResultStream()
        .filter(link -> link.isUsable(now))
        .findFirst()
        .orElseThrow(SetUps::unusable);
  }

  private void endLinks(Operator operator) {
    Instant now = clock.instant();
    entities
        .createQuery(
            "select l from SetUpLink l where l.operatorId = :id and l.ended is null",
            SetUpLink.class)
        .setParameter("id", operator.id())
        .getResultStream()
        .forEach(link -> link.end(now));
  }

  private static ProblemException unusable() {
    return ProblemException.invalid(OperatorMessage.SET_UP_LINK);
  }
}
