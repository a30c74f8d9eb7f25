package dev.keysmith.core.activation;

import dev.keysmith.core.access.CodeText;
import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.access.ThrottlePolicy;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.core.secret.Secrets;
import dev.keysmith.spi.idp.DirectoryUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Redeems activation codes, and knows who has redeemed one. */
@ApplicationScoped
public class Redemptions {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Secrets secrets;
  @Inject Throttle throttle;
  @Inject ActivationSettings settings;
  @Inject Audit audit;
  @Inject Refusals refusals;
  @Inject SecureRandom random;
  @Inject Clock clock;

  /**
   * A session that has begun.
   *
   * @param token proves it from now on; shown only to its user's browser
   */
  public record Redeemed(ActivationSession session, String token) {

    /** Without the token. */
    @Override
    public String toString() {
      return "Redeemed[" + session.id() + "]";
    }
  }

  /**
   * Redeems a code. The answer is the same for a wrong, an expired and a used one.
   *
   * @param typed as the user typed it: case, hyphens and blanks do not matter; taken over, zeroed
   * @param address where the request comes from
   * @throws ProblemException {@code INVALID} if there is no such open code; {@code TOO_MANY} after
   *     too many failures
   */
  @Transactional(dontRollbackOn = ProblemException.class)
  public Redeemed redeem(char[] typed, String address) {
    return redeem(typed, address, Optional.empty());
  }

  /**
   * The same in a browser that may have redeemed the code before: there it goes on, in any other
   * one it is refused while that session lasts.
   *
   * @param present what proves the session of this browser
   * @throws ProblemException {@code CONFLICT} if another browser has redeemed it
   */
  @Transactional(dontRollbackOn = ProblemException.class)
  public Redeemed redeem(char[] typed, String address, Optional<String> present) {
    char[] code = CodeText.read(typed).orElseGet(() -> new char[0]);
    Arrays.fill(typed, '\0');
    try {
      String prefix = code.length == 0 ? "" : CodeText.prefix(code);
      List<ActivationCode> alike = code.length == 0 ? List.of() : openCodes(prefix);
      Throttle.Attempt attempt = attempt(prefix, !alike.isEmpty(), address);
      Optional<ActivationCode> found = find(code, alike);
      if (found.isEmpty()) {
        recordFailure(prefix, address);
        throw ProblemException.invalid(ActivationMessage.WRONG_CODE)
            .at("code", ProblemMessage.FIELD_WRONG);
      }
      requireNoOtherBrowser(found.get(), address, present);
      attempt.succeeded();
      return begin(found.get(), address);
    } finally {
      Arrays.fill(code, '\0');
    }
  }

  /** A text that cannot be a code guesses at none: with others it shares its address alone. */
  private Throttle.Attempt attempt(String prefix, boolean exists, String address) {
    try {
      return prefix.isEmpty()
          ? throttle.begin(ThrottlePolicy.CODE, address)
          : throttle.begin(ThrottlePolicy.CODE, address, new Throttle.Target(prefix, exists));
    } catch (ProblemException e) {
      refusals.refusedWithin(Actor.system(), "activation-code.refused", address, "");
      throw e;
    }
  }

  private List<ActivationCode> openCodes(String prefix) {
    Instant now = clock.instant();
    return entities
        .createQuery(
            "select c from ActivationCode c where c.prefix = :prefix", ActivationCode.class)
        .setParameter("prefix", prefix)
        .getResultStream()
        .filter(code -> code.isOpen(now))
        .toList();
  }

  private Optional<ActivationCode> find(char[] code, List<ActivationCode> alike) {
    char[] hash = CodeText.hash(code);
    try {
      return alike.stream()
          .filter(candidate -> matches(candidate, hash))
          .filter(candidate -> isServed(user(candidate)))
          .findFirst();
    } finally {
      Arrays.fill(hash, '\0');
    }
  }

  private static boolean isServed(User user) {
    return user.status() != DirectoryUser.Status.LEFT && !user.isChangedOutside();
  }

  private boolean matches(ActivationCode candidate, char[] hash) {
    char[] kept = secrets.open(ActivationCodes.hashPurpose(candidate.id()), candidate.hashSealed());
    try {
      return MessageDigest.isEqual(bytes(kept), bytes(hash));
    } finally {
      Arrays.fill(kept, '\0');
    }
  }

  private static byte[] bytes(char[] hex) {
    ByteBuffer ascii = StandardCharsets.US_ASCII.encode(java.nio.CharBuffer.wrap(hex));
    return Arrays.copyOf(ascii.array(), ascii.limit());
  }

  /** For whose code it may have been taken; of other codes only that there was one. */
  private void recordFailure(String prefix, String address) {
    Optional<ActivationCode> alike = prefix.isEmpty() ? Optional.empty() : newestAlike(prefix);
    alike.ifPresentOrElse(
        code -> record(Actor.system(), "activation-code.refused", code, user(code), address),
        () -> refusals.refusedWithin(Actor.system(), "activation-code.refused", address, ""));
  }

  private Optional<ActivationCode> newestAlike(String prefix) {
    return entities
        .createQuery(
            "select c from ActivationCode c where c.prefix = :prefix order by c.id desc",
            ActivationCode.class)
        .setParameter("prefix", prefix)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  private void record(Actor by, String action, ActivationCode code, User user, String address) {
    audit.record(
        by,
        action,
        Subject.of("user", user.id(), user.login()),
        Map.of("code", Long.toString(code.id()), "address", address));
  }

  /** The lock lets one of two browsers at once be the first. */
  private void requireNoOtherBrowser(
      ActivationCode code, String address, Optional<String> present) {
    entities.lock(code, LockModeType.PESSIMISTIC_WRITE);
    Optional<String> own = present.map(SessionToken::hash);
    for (ActivationSession session : openSessions(code)) {
      if (own.filter(session::isProvedBy).isEmpty()) {
        record(Actor.system(), "activation-code.refused-elsewhere", code, user(code), address);
        throw ProblemException.conflict(ActivationMessage.REDEEMED_ELSEWHERE);
      }
      entities.remove(session);
    }
  }

  private List<ActivationSession> openSessions(ActivationCode code) {
    Instant now = clock.instant();
    return entities
        .createQuery(
            "select s from ActivationSession s where s.codeId = :code", ActivationSession.class)
        .setParameter("code", code.id())
        .getResultStream()
        .filter(session -> session.isOpen(now))
        .toList();
  }

  private Redeemed begin(ActivationCode code, String address) {
    Instant now = clock.instant();
    code.redeem(now, now.plus(settings.sessionLasts()));
    forgetOld(now);
    String token = SessionToken.random(random);
    ActivationSession session = new ActivationSession(code, SessionToken.hash(token), now);
    entities.persist(session);
    session.seal();
    User user = user(code);
    record(Actor.owner(user.id(), user.login()), "activation-code.redeemed", code, user, address);
    return new Redeemed(session, token);
  }

  private void forgetOld(Instant now) {
    entities
        .createQuery("delete from ActivationSession s where s.expires < :now")
        .setParameter("now", now)
        .executeUpdate();
  }

  /** The session that a token proves, unless it is over. */
  @Transactional
  public Optional<ActivationSession> find(String token) {
    return entities
        .createQuery(
            "select s from ActivationSession s where s.tokenHash = :hash", ActivationSession.class)
        .setParameter("hash", SessionToken.hash(token))
        .getResultStream()
        .filter(this::isGood)
        .findFirst();
  }

  /** Whether a session that was found is still there. */
  @Transactional
  public boolean isOpen(long sessionId) {
    ActivationSession session = entities.find(ActivationSession.class, sessionId);
    return session != null && isGood(session);
  }

  private boolean isGood(ActivationSession session) {
    ActivationCode code = entities.find(ActivationCode.class, session.codeId());
    return code != null && session.isOf(code) && session.isOpen(clock.instant());
  }

  /** Ends a session; the code can be redeemed again while it is open. */
  @Transactional
  public void leave(long sessionId) {
    Optional.ofNullable(entities.find(ActivationSession.class, sessionId))
        .ifPresent(entities::remove);
  }

  private User user(ActivationCode code) {
    return entities.find(User.class, code.userId());
  }
}
