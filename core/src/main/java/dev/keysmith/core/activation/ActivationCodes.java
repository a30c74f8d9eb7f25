package dev.keysmith.core.activation;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.CodeText;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.UserLeft;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.mail.Mail;
import dev.keysmith.core.page.Filter;
import dev.keysmith.core.page.Filters;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.passkey.PasskeyActivated;
import dev.keysmith.core.persistence.Constraints;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.secret.Secrets;
import dev.keysmith.spi.idp.DirectoryUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.criteria.Predicate;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Issues, lists and revokes activation codes. */
@ApplicationScoped
public class ActivationCodes {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Users users;
  @Inject Secrets secrets;
  @Inject ActivationSettings settings;
  @Inject Mail mail;
  @Inject Events events;
  @Inject Audit audit;
  @Inject SecureRandom random;
  @Inject Clock clock;

  /**
   * Issues a code for a user; one that is open is revoked by it.
   *
   * @param byMail whether to send it to the user's e-mail address too, which follows by itself
   * @return with the text, which the caller erases
   * @throws ProblemException {@code NOT_FOUND}; {@code CONFLICT} if the user has left, has no
   *     e-mail address, or two codes are issued at once
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public IssuedCode issue(Actor by, long userId, boolean byMail) {
    User user = users.find(userId);
    requireUser(user);
    if (byMail) {
      requireMail(user);
    }
    Instant now = clock.instant();
    replaceOpen(userId, now);
    ActivationCode code = new ActivationCode(userId, by, now, now.plus(settings.codeLasts()));
    entities.persist(code);
    char[] text = CodeText.random(random);
    try {
      seal(code, text, byMail);
      store(user);
      record(by, code, user, byMail);
      return new IssuedCode(code, user, CodeText.grouped(text), settings.page());
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  /** Why a code cannot be sent to a user by e-mail; empty if it can. */
  @Transactional
  public Optional<ProblemException> whyNotByMail(long userId) {
    User user = users.find(userId);
    try {
      requireUser(user);
      requireMail(user);
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e);
    }
  }

  private static void requireUser(User user) {
    user.requireUnchanged();
    if (user.status() == DirectoryUser.Status.LEFT) {
      throw ProblemException.conflict(ActivationMessage.USER_LEFT, user.login());
    }
  }

  private void requireMail(User user) {
    if (user.email().isEmpty()) {
      throw ProblemException.conflict(ActivationMessage.NO_EMAIL, user.login());
    }
    mail.requireConfigured();
    requirePage();
  }

  private void requirePage() {
    if (settings.page().isEmpty()) {
      throw ProblemException.conflict(ActivationMessage.NO_SERVER_ADDRESS);
    }
  }

  private void replaceOpen(long userId, Instant now) {
    entities
        .createQuery("select c from ActivationCode c where c.openFor = :user", ActivationCode.class)
        .setParameter("user", userId)
        .getResultStream()
        .forEach(
            open -> {
              open.revoke(now);
              endSessions(open.id());
            });
    entities.flush();
  }

  private void seal(ActivationCode code, char[] text, boolean byMail) {
    char[] hash = CodeText.hash(text);
    try {
      code.keep(
          CodeText.prefix(text),
          secrets.seal(hashPurpose(code.id()), hash),
          byMail ? Optional.of(secrets.seal(mailPurpose(code.id()), text)) : Optional.empty());
    } finally {
      Arrays.fill(hash, '\0');
    }
  }

  static String hashPurpose(long codeId) {
    return "activation-code:" + codeId + ":hash";
  }

  static String mailPurpose(long codeId) {
    return "activation-code:" + codeId + ":mail";
  }

  private void store(User user) {
    try {
      entities.flush();
    } catch (PersistenceException e) {
      if (Constraints.violated(e)) {
        throw ProblemException.conflict(ActivationMessage.ISSUED_MEANWHILE, user.login());
      }
      throw e;
    }
  }

  private void record(Actor by, ActivationCode code, User user, boolean byMail) {
    audit.record(
        by,
        "activation-code.issued",
        Subject.of("user", user.id(), user.login()),
        Map.of(
            "code", Long.toString(code.id()),
            "expires", code.expires().toString(),
            "mail", Boolean.toString(byMail)));
    if (byMail) {
      events.record(new ActivationMailRequested(code.id()));
    }
  }

  /** Withdraws a code; a repeat does nothing. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public ActivationCode revoke(Actor by, long id) {
    ActivationCode code = find(id);
    Instant now = clock.instant();
    if (code.isOpen(now) || code.isChangedOutside()) {
      code.revoke(now);
      endSessions(id);
      User user = users.find(code.userId());
      audit.record(
          by,
          "activation-code.revoked",
          Subject.of("user", user.id(), user.login()),
          Map.of("code", Long.toString(id)));
    }
    return code;
  }

  /** Ends the activation sessions that began with a revoked code. */
  private void endSessions(long codeId) {
    entities
        .createQuery("delete from ActivationSession s where s.codeId = :code")
        .setParameter("code", codeId)
        .executeUpdate();
  }

  /**
   * One code.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  @Transactional
  public ActivationCode find(long id) {
    ActivationCode code = entities.find(ActivationCode.class, id);
    if (code == null) {
      throw ProblemException.notFound(ActivationMessage.UNKNOWN, Long.toString(id));
    }
    return code;
  }

  /** Codes, the newest first. Filters: {@code user} (id){@code , state}. */
  @Transactional
  public Slice<ActivationCode> list(PageRequest request) {
    return Listing.of(ActivationCode.class, "-issued")
        .sortable("expires")
        .filter("user", Filters.equal("userId", Long::valueOf))
        .filter("state", this::inState)
        .slice(entities, request);
  }

  private Predicate inState(Filter.Scope<ActivationCode> scope, String value) {
    ActivationCode.State wanted = ActivationCode.State.valueOf(value);
    Instant now = clock.instant();
    var builder = scope.builder();
    var state = scope.root().get("state");
    var expires = scope.root().get("expires").as(Instant.class);
    var open = builder.equal(state, ActivationCode.State.OPEN);
    return switch (wanted) {
      case OPEN -> builder.and(open, builder.greaterThan(expires, now));
      case EXPIRED ->
          builder.or(
              builder.equal(state, wanted),
              builder.and(open, builder.lessThanOrEqualTo(expires, now)));
      case USED, REVOKED -> builder.equal(state, wanted);
    };
  }

  /** A redeemed code has done its work once its user has an active passkey by it. */
  @Transactional
  void onPasskeyActivated(@Observes PasskeyActivated event) {
    entities
        .createQuery(
            "select c from ActivationCode c where c.openFor = :user and c.redeemed is not null",
            ActivationCode.class)
        .setParameter("user", event.userId())
        .getResultStream()
        .forEach(code -> code.use(clock.instant()));
  }

  /** Who comes back gets a new code. */
  @Transactional
  void onUserLeft(@Observes UserLeft event) {
    if (users.hasLeft(event.userId())) {
      replaceOpen(event.userId(), clock.instant());
    }
  }
}
