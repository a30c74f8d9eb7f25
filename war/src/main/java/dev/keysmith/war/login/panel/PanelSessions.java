package dev.keysmith.war.login.panel;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.SignIns;
import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.login.caller.SignInMessage;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Begins, finds and ends the sessions of operators in the panel. */
@ApplicationScoped
public class PanelSessions {

  private static final String ATTRIBUTE = PanelSession.class.getName();
  private static final String QUIET_HEADER = "X-Keysmith-Quiet";
  private static final String CSRF_HEADER = "X-Keysmith-Csrf";
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration ABSOLUTE = Duration.ofHours(12);
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final int TOKEN_BYTES = 32;

  @Inject Operators operators;
  @Inject SignIns signIns;
  @Inject VisitorSessions visitors;
  @Inject Configuration configuration;
  @Inject TrustedProxies proxies;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /**
   * Signs an operator in. The session gets a new id, so that a planted one is worth nothing (OWASP
   * session fixation).
   *
   * @param way password, passkey or openid
   */
  public void begin(HttpServletRequest request, Operator operator, String way) {
    signIns.succeeded(operator, way, proxies.caller(request));
    Optional.ofNullable(request.getSession(false)).ifPresent(HttpSession::invalidate);
    remember(request.getSession(true), operator, clock.instant());
  }

  /** Goes on with a session after its operator has ended all others. */
  public void renew(HttpServletRequest request) {
    PanelSession old = existing(request).orElseThrow(PanelSessions::over);
    request.changeSessionId();
    request.getSession().setAttribute(ATTRIBUTE, old.renewed(clock.instant()));
  }

  private void remember(HttpSession session, Operator operator, Instant now) {
    visitors.forget(session.getId());
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    session.setMaxInactiveInterval(Math.toIntExact(idle().toSeconds()));
    session.setAttribute(
        ATTRIBUTE,
        new PanelSession(
            operator.id(),
            now,
            now,
            Base64.getUrlEncoder().withoutPadding().encodeToString(token)));
  }

  /** The operator who is signed in, as the account is at this moment. */
  public Optional<Operator> operator(HttpServletRequest request) {
    Optional<PanelSession> found = existing(request);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    PanelSession session = found.get();
    Instant now = clock.instant();
    Optional<Operator> operator =
        session.isOver(now, idle(), absolute())
            ? Optional.empty()
            : operators.find(session.operatorId()).filter(it -> it.accepts(session.begun()));
    if (operator.isEmpty()) {
      request.getSession().invalidate();
    } else if (isActivity(request)) {
      session.touch(now);
    }
    return operator;
  }

  /**
   * Asks, also after this request, whether its operator is signed in with this role still; that
   * does not keep the session alive.
   */
  public BooleanSupplier stillSignedIn(HttpServletRequest request, Role role) {
    HttpSession session = request.getSession(false);
    long operatorId = existing(request).orElseThrow(PanelSessions::over).operatorId();
    return () -> session != null && isSignedIn(session, operatorId, role);
  }

  private boolean isSignedIn(HttpSession session, long operatorId, Role role) {
    try {
      return session.getAttribute(ATTRIBUTE) instanceof PanelSession present
          && present.operatorId() == operatorId
          && !present.isOver(clock.instant(), idle(), absolute())
          && operators
              .find(present.operatorId())
              .filter(it -> it.accepts(present.begun()) && it.role() == role)
              .isPresent();
    } catch (IllegalStateException e) {
      // It was ended.
      return false;
    }
  }

  /** What a page fetches by itself does not keep an unused session alive. */
  private static boolean isActivity(HttpServletRequest request) {
    boolean byItself =
        request.getServletPath().startsWith("/api") || request.getHeader(QUIET_HEADER) != null;
    return !(request.getMethod().equals("GET") && byItself);
  }

  /** Whether the operator has signed in, or shown again who it is, a short while ago. */
  boolean isFresh(HttpServletRequest request) {
    return existing(request)
        .filter(
            session -> session.isFresh(clock.instant(), duration("keysmith.session.fresh", FRESH)))
        .isPresent();
  }

  /** Notes that the operator has shown again who it is; the session gets a new id. */
  void confirm(HttpServletRequest request) {
    existing(request).orElseThrow(PanelSessions::over).confirm(clock.instant());
    request.changeSessionId();
  }

  /** Whether a request carries the token that only our own pages know. */
  public boolean hasCsrfToken(HttpServletRequest request) {
    String sent = request.getHeader(CSRF_HEADER);
    return sent != null
        && existing(request)
            .filter(
                session ->
                    MessageDigest.isEqual(
                        session.csrfToken().getBytes(StandardCharsets.US_ASCII),
                        sent.getBytes(StandardCharsets.ISO_8859_1)))
            .isPresent();
  }

  /** The token that scripts of pages send in the header {@code X-Keysmith-Csrf}. */
  public Optional<String> csrfToken(HttpServletRequest request) {
    return existing(request).map(PanelSession::csrfToken);
  }

  /** Signs out. */
  public void end(HttpServletRequest request, Actor by) {
    existing(request).ifPresent(session -> signIns.signedOut(by, session.operatorId()));
    Optional.ofNullable(request.getSession(false)).ifPresent(HttpSession::invalidate);
  }

  private static Optional<PanelSession> existing(HttpServletRequest request) {
    return Optional.ofNullable(request.getSession(false))
        .map(session -> (PanelSession) session.getAttribute(ATTRIBUTE));
  }

  private Duration idle() {
    return duration("keysmith.session.idle", IDLE);
  }

  private Duration absolute() {
    return duration("keysmith.session.absolute", ABSOLUTE);
  }

  private Duration duration(String key, Duration otherwise) {
    try {
      return configuration.text(key).map(Duration::parse).orElse(otherwise);
    } catch (DateTimeParseException e) {
      throw new IllegalStateException(key + " must be a duration such as PT30M", e);
    }
  }

  private static ProblemException over() {
    return ProblemException.forbidden(SignInMessage.OVER);
  }
}
