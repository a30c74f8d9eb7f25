package dev.keysmith.core.activation;

import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.key.Audience;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.pin.PinAttempts;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeyExaminations;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.core.session.KeySessions;
import dev.keysmith.core.session.OrganisationPolicy;
import dev.keysmith.core.session.OwnKeys;
import dev.keysmith.core.station.Kiosk;
import dev.keysmith.core.station.RemoteKeys;
import dev.keysmith.core.station.StationLinks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the owner of a security key may do after redeeming a code: for that user, nothing else. */
@ApplicationScoped
public class Activations {

  private static final int WRONG_PINS = 3;

  @Inject ActivationCodes codes;
  @Inject Users users;
  @Inject Passkeys passkeys;
  @Inject Integrations integrations;
  @Inject KeySessions sessions;
  @Inject KeyExaminations examinations;
  @Inject OwnKeys ownKeys;
  @Inject Station station;
  @Inject StationLinks links;
  @Inject PinAttempts attempts;
  @Inject OrganisationPolicy rules;
  @Inject Clock clock;

  /**
   * What will be written, and for whom.
   *
   * @param name of the user
   * @param login of the user
   * @param passkeys that wait for the security key
   * @param expires when the time is over
   * @param usedUp whether the code has done its work: a passkey is active
   */
  public record Activation(
      String name, String login, List<Waiting> passkeys, Instant expires, boolean usedUp) {}

  /**
   * A passkey that waits.
   *
   * @param integration the identity provider where it will open the door
   * @param state where it stands
   * @param problem why an earlier attempt did not succeed, and what to do
   */
  public record Waiting(
      long id, String integration, Passkey.State state, Optional<Message> problem) {}

  /**
   * Keys at one place that are the user's own or have no owner.
   *
   * @param others how many belong to other users, of which nothing more is told
   * @param problems by transport name: why it cannot list its keys, in words
   */
  public record Keys(List<PluggedKey> keys, int others, Map<String, String> problems) {}

  /** What the user sees before anything is written. */
  public Activation look(ActivationSession session) {
    User user = users.find(session.userId());
    List<Waiting> waiting = passkeys.promisedTo(user.id()).stream().map(this::waiting).toList();
    return new Activation(
        user.displayName(), user.login(), waiting, session.expires(), !isOpen(session));
  }

  private Waiting waiting(Passkey passkey) {
    return new Waiting(
        passkey.id(),
        integrations.find(passkey.integrationId()).label(),
        passkey.state(),
        passkey.problem());
  }

  /** The places where the user can plug a key in, besides the server itself. */
  public List<Kiosk> kiosks() {
    return links.kiosks();
  }

  /**
   * What a look shows to the user at one place: who is elsewhere sees no key there.
   *
   * @param kiosk number of the station; empty for the server's own ports
   */
  public Keys keys(ActivationSession session, Station.Look all, OptionalLong kiosk) {
    List<PluggedKey> there =
        station.shownTo(Audience.OWNERS, all).keys().stream()
            .filter(key -> RemoteKeys.stationOf(key).equals(kiosk))
            .toList();
    List<PluggedKey> shown =
        there.stream().filter(key -> !ownKeys.isAnothers(key, session.userId())).toList();
    return new Keys(
        shown, there.size() - shown.size(), kiosk.isEmpty() ? all.problems() : Map.of());
  }

  /**
   * Examines a key before a PIN is asked for.
   *
   * @throws ProblemException {@code CONFLICT} if it is known to be another user's
   */
  public KeyExaminations.Examination examine(
      ActivationSession session, String transport, String key) {
    return examinations.examineFor(session.userId(), transport, key);
  }

  /**
   * Starts a key session for the user who has redeemed the code.
   *
   * @param transport name of the key transport
   * @param key id of the plugged key there
   * @param pin the key's, or the one to set; taken over, zeroed at the end
   * @throws ProblemException {@code CONFLICT} if the code is used up, or the key is known to be
   *     another user's; {@code TOO_MANY} after too many wrong PINs; otherwise as {@link
   *     KeySessions#start}
   */
  public KeySession start(ActivationSession session, String transport, String key, char[] pin) {
    try {
      if (!isOpen(session)) {
        throw ProblemException.conflict(ActivationMessage.USED_UP);
      }
      User user = users.find(session.userId());
      requireUsable(session, station.find(Audience.OWNERS, transport, key));
      Actor owner = Actor.owner(user.id(), user.login());
      KeySessions.Request request =
          new KeySessions.Request(transport, key, user.id(), rules.keys());
      return NamedCaller.OWNER.call(() -> sessions.start(owner, request, pin));
    } catch (RuntimeException e) {
      Arrays.fill(pin, '\0');
      throw e;
    }
  }

  /** Before a PIN is spent: of a key that may be another person's, few wrong ones are forgiven. */
  private void requireUsable(ActivationSession session, PluggedKey plugged) {
    if (ownKeys.isAnothers(plugged, session.userId())) {
      throw OwnKeys.refusal();
    }
    boolean spent =
        !ownKeys.isOwn(plugged, session.userId())
            && attempts.refused(
                    Actor.Kind.OWNER,
                    Long.toString(session.userId()),
                    codes.find(session.codeId()).issued())
                >= WRONG_PINS;
    if (spent) {
      throw ProblemException.tooMany(ActivationMessage.WRONG_PINS);
    }
  }

  /** The user's own key sessions of the last hour, the newest first. */
  public List<KeySession> keySessions(ActivationSession session) {
    return sessions.list().stream().filter(each -> isOwn(session, each)).toList();
  }

  private static boolean isOwn(ActivationSession session, KeySession each) {
    return each.userId().equals(Optional.of(session.userId()))
        && each.by().kind() == Actor.Kind.OWNER;
  }

  /**
   * A key session of the user's own.
   *
   * @throws ProblemException {@code NOT_FOUND} if there is none, or it belongs to another user
   */
  public KeySession keySession(ActivationSession session, String keySessionId) {
    KeySession found = sessions.find(keySessionId);
    if (!isOwn(session, found)) {
      throw KeySessions.unknown();
    }
    return found;
  }

  private boolean isOpen(ActivationSession session) {
    ActivationCode code = codes.find(session.codeId());
    return session.isOf(code) && session.isOpen(clock.instant()) && code.isOpen(clock.instant());
  }
}
