package dev.keysmith.core.session;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Caller;
import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.ctap.PinLength;
import dev.keysmith.core.directory.DirectoryMessage;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.key.Audience;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.pin.RandomPins;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.DirectoryUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The key sessions of this node, in memory: what they do is durable, who watches is not. A session
 * that has ended can be read for an hour.
 */
@ApplicationScoped
public class KeySessions {

  private static final int ID_LENGTH = 16;
  private static final Duration KEPT = Duration.ofHours(1);

  @Inject ExecutorService executor;
  @Inject Station station;
  @Inject Users users;
  @Inject KeySessionSteps steps;
  @Inject KeyResetSteps resets;
  @Inject RandomPins pins;
  @Inject Caller caller;
  @Inject SecureRandom random;
  @Inject Clock clock;

  private final Map<String, KeySession> sessions = new ConcurrentHashMap<>();

  /**
   * What a session is about.
   *
   * @param transport name of the key transport
   * @param key id of the plugged key there
   * @param userId whose key it is to be, or is
   * @param policy what to set on it at the end
   */
  public record Request(String transport, String key, long userId, KeyPolicy policy) {}

  /**
   * Starts a session; it runs in the background.
   *
   * @param pin the key's PIN, or the one to set if it has none: 4 characters to 63 bytes; taken
   *     over, zeroed at the end
   * @throws ProblemException {@code NOT_FOUND} if user or key are not there; {@code INVALID} if the
   *     PIN cannot be one; {@code CONFLICT} if another session has the key
   */
  @Allowed(
      value = {Role.ADMINISTRATOR, Role.OPERATOR},
      also = NamedCaller.OWNER)
  public KeySession start(Actor by, Request request, char[] pin) {
    try {
      checkLength(pin);
      return begin(by, request, pin);
    } catch (RuntimeException e) {
      Arrays.fill(pin, '\0');
      throw e;
    }
  }

  /**
   * Starts a session that sets a random PIN, which {@link #showPin} shows once. The owner must
   * change it before the next use, where the key can demand that.
   *
   * @throws ProblemException as {@link #start}
   */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public KeySession startWithRandomPin(Actor by, Request request) {
    Request strict =
        new Request(
            request.transport(),
            request.key(),
            request.userId(),
            request.policy().withForcedPinChange());
    return begin(by, strict, new char[0]);
  }

  /**
   * Starts the reset of a key, which erases all that is on it; it runs in the background and tells
   * the person at the station what to do.
   *
   * @param pin the key's, by which it tells what is on it; empty if it is unknown; taken over,
   *     zeroed at the end
   * @throws ProblemException {@code INVALID} if the confirmation is not what it must be
   */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public KeySession reset(Actor by, KeyReset request, char[] pin) {
    try {
      PluggedKey plugged = station.find(Audience.OPERATORS, request.transport(), request.key());
      resets.confirm(request, plugged);
      KeySession session = add(by, null, plugged);
      return run(session, () -> resets.run(session, request, pin));
    } catch (RuntimeException e) {
      Arrays.fill(pin, '\0');
      throw e;
    }
  }

  /**
   * Whether a random PIN of the session's key waits for this actor; also if an earlier session has
   * set it.
   */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public boolean hasPinToShow(Actor by, KeySession session) {
    return session.by().equals(by) && pins.find(by, session.id(), session.keyId()).isPresent();
  }

  /**
   * Shows the random PIN of a session's key, once, to the operator who had it set.
   *
   * @return the caller erases it
   * @throws ProblemException {@code NOT_FOUND} if there is none, or it was shown before
   */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public char[] showPin(Actor by, String id) {
    Optional<Long> keyId = Optional.ofNullable(sessions.get(id)).flatMap(KeySession::keyId);
    return pins.show(by, pins.find(by, id, keyId).orElseThrow(RandomPins::none));
  }

  /**
   * One session.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  public KeySession find(String id) {
    KeySession session = sessions.get(id);
    if (session == null) {
      throw unknown();
    }
    return session;
  }

  /** The answer for a session that does not exist or belongs to another caller. */
  public static ProblemException unknown() {
    return ProblemException.notFound(SessionMessage.UNKNOWN);
  }

  /** All that are known, the newest first. */
  public List<KeySession> list() {
    return sessions.values().stream()
        .sorted(Comparator.comparing(KeySession::started).reversed())
        .toList();
  }

  private KeySession begin(Actor by, Request request, char[] pin) {
    User user = users.find(request.userId());
    user.requireUnchanged();
    if (user.status() == DirectoryUser.Status.LEFT) {
      throw ProblemException.conflict(DirectoryMessage.LEFT, user.login());
    }
    PluggedKey plugged = station.find(audience(by), request.transport(), request.key());
    station.requireFor(plugged, audience(by), user);
    KeySession session = add(by, request.userId(), plugged);
    return run(session, () -> steps.run(session, pin, request.policy()));
  }

  private static Audience audience(Actor by) {
    return by.kind() == Actor.Kind.OWNER ? Audience.OWNERS : Audience.OPERATORS;
  }

  private KeySession run(KeySession session, Runnable work) {
    try {
      executor.execute(() -> NamedCaller.SERVER.run(work));
    } catch (RejectedExecutionException e) {
      sessions.remove(session.id());
      throw ProblemException.tooMany(SessionMessage.TOO_MANY);
    }
    return session;
  }

  private synchronized KeySession add(Actor by, @Nullable Long userId, PluggedKey plugged) {
    Instant oldest = clock.instant().minus(KEPT);
    sessions.values().stream()
        .filter(session -> session.ended().filter(oldest::isAfter).isPresent())
        .forEach(session -> sessions.remove(session.id()));
    requireNoOther(by);
    boolean taken =
        sessions.values().stream()
            .anyMatch(
                session ->
                    session.state() == KeySession.State.RUNNING
                        && session.plugged().equals(plugged));
    if (taken) {
      throw ProblemException.conflict(SessionMessage.IN_SESSION);
    }
    byte[] id = new byte[ID_LENGTH];
    random.nextBytes(id);
    KeySession session = new KeySession(Bytes.of(id).toBase64Url(), by, userId, plugged, clock);
    session.comesFrom(Caller.addressOf(caller));
    sessions.put(session.id(), session);
    return session;
  }

  /** An owner has one key at hand; many at once would be an attempt to guess PINs. */
  private void requireNoOther(Actor by) {
    boolean another =
        by.kind() == Actor.Kind.OWNER
            && sessions.values().stream()
                .anyMatch(
                    session ->
                        session.state() == KeySession.State.RUNNING && session.by().equals(by));
    if (another) {
      throw ProblemException.conflict(SessionMessage.OWNER_IN_SESSION);
    }
  }

  private static void checkLength(char[] pin) {
    if (PinLength.of(pin).filter(PinLength::isPossible).isEmpty()) {
      throw ProblemException.invalid(
              SessionMessage.PIN_LENGTH, PinLength.LEAST_CODE_POINTS, PinLength.MOST_BYTES)
          .at("pin", ProblemMessage.FIELD_WRONG);
    }
  }
}
