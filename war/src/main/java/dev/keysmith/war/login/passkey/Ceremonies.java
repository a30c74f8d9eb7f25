package dev.keysmith.war.login.passkey;

import dev.keysmith.core.operator.Ceremony;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import dev.keysmith.war.login.caller.SignInMessage;
import dev.keysmith.war.web.PublicAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** WebAuthn ceremonies under way: one per session, bound to it, used once, over after a while. */
@ApplicationScoped
class Ceremonies {

  private static final String ATTRIBUTE = Ceremonies.class.getName();
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final int CHALLENGE_BYTES = 32;

  @Inject PublicAddress address;
  @Inject SecureRandom random;
  @Inject Clock clock;

  /** What a ceremony is for; an answer to one cannot be handed in for another. */
  enum Purpose {
    SIGN_IN,
    CONFIRM,
    SET_UP,
    ADD
  }

  /** A ceremony, and the user handle if it makes a passkey. */
  record Begun(Ceremony ceremony, Bytes userHandle) {}

  private record Pending(Purpose purpose, String challenge, String userHandle, Instant ends)
      implements Serializable {}

  Begun begin(HttpServletRequest request, Purpose purpose, Bytes userHandle) {
    byte[] challenge = new byte[CHALLENGE_BYTES];
    random.nextBytes(challenge);
    Bytes bytes = Bytes.of(challenge);
    slot(request.getSession(true))
        .set(
            new Pending(
                purpose,
                bytes.toBase64Url(),
                userHandle.toBase64Url(),
                clock.instant().plus(LIFETIME)));
    return new Begun(ceremony(request, bytes), userHandle);
  }

  /** The ceremony that this session has begun; it cannot be had a second time. */
  Begun take(HttpServletRequest request, Purpose purpose) {
    HttpSession session = request.getSession(false);
    return Optional.ofNullable(session == null ? null : slot(session).getAndSet(null))
        .filter(pending -> pending.purpose() == purpose)
        .filter(pending -> clock.instant().isBefore(pending.ends()))
        .map(
            pending ->
                new Begun(
                    ceremony(request, Bytes.fromBase64Url(pending.challenge())),
                    Bytes.fromBase64Url(pending.userHandle())))
        .orElseThrow(() -> ProblemException.invalid(SignInMessage.CEREMONY_OVER));
  }

  private Ceremony ceremony(HttpServletRequest request, Bytes challenge) {
    return new Ceremony(address.origin(request), address.host(request), challenge);
  }

  @SuppressWarnings("unchecked")
  private static AtomicReference<Pending> slot(HttpSession session) {
    synchronized (session) {
      Object found = session.getAttribute(ATTRIBUTE);
      if (found == null) {
        found = new AtomicReference<Pending>();
        session.setAttribute(ATTRIBUTE, found);
      }
      return (AtomicReference<Pending>) found;
    }
  }
}
