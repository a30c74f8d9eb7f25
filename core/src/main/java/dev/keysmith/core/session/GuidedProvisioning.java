package dev.keysmith.core.session;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.key.Audience;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SerialNumbers;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.key.StationWatch;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.server.ServerStopping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Leads operators from one person to the next: each new key that is plugged in is written without a
 * further word. So only keys that have come since the operator confirmed the first person are
 * written that way, for a user who waits. Whatever asks, a page with a fault included, a key that
 * was there before waits for its own button.
 */
@ApplicationScoped
public class GuidedProvisioning {

  private static final Duration IDLE = Duration.ofMinutes(30);

  @Inject Station station;
  @Inject SerialNumbers serialNumbers;
  @Inject Users users;
  @Inject Passkeys passkeys;
  @Inject KeySessions sessions;
  @Inject Clock clock;

  private final Map<Actor, Lead> leads = new ConcurrentHashMap<>();

  /**
   * What is remembered of one operator's way.
   *
   * @param there keys that are plugged in since before it began
   * @param used when a key was written last
   */
  private record Lead(KeysAlreadyThere there, StationWatch watch, Instant used) {
    Lead used(Instant now) {
      return new Lead(there, watch, now);
    }
  }

  /**
   * Begins, with the person whom the operator has confirmed.
   *
   * @return the person
   * @throws ProblemException {@code CONFLICT} if no passkey waits for this person
   */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public User begin(Actor by, long firstUserId) {
    User first = requireWaiting(firstUserId);
    endOld();
    end(by);
    KeysAlreadyThere there = new KeysAlreadyThere(station.look());
    StationWatch watch = station.watch(there::see);
    leads.put(by, new Lead(there, watch, clock.instant()));
    return first;
  }

  /** Ends; a repeat does nothing. */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public void end(Actor by) {
    Lead lead = leads.remove(by);
    if (lead != null) {
      lead.watch().close();
    }
  }

  /**
   * Begins a session for the next person, with a random PIN.
   *
   * @throws ProblemException {@code CONFLICT} if nothing was begun, the key was there before, it is
   *     another user's, or no passkey waits for this person; otherwise as {@link
   *     KeySessions#startWithRandomPin}
   */
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public KeySession next(Actor by, KeySessions.Request request) {
    endOld();
    PluggedKey plugged = station.find(Audience.OPERATORS, request.transport(), request.key());
    Lead lead = leads.get(by);
    if (lead == null) {
      throw ProblemException.conflict(SessionMessage.LEAD_NOT_BEGUN);
    }
    if (lead.there().contains(plugged)) {
      throw ProblemException.conflict(SessionMessage.LEAD_WAS_THERE);
    }
    requireNobodys(plugged, request.userId());
    requireWaiting(request.userId());
    KeySession session = sessions.startWithRandomPin(by, request);
    leads.computeIfPresent(by, (who, is) -> is.used(clock.instant()));
    return session;
  }

  private void requireNobodys(PluggedKey plugged, long userId) {
    boolean anothers =
        serialNumbers
            .bySerialNumber(plugged.descriptor())
            .flatMap(SecurityKey::ownerId)
            .filter(owner -> owner != userId)
            .isPresent();
    if (anothers) {
      throw ProblemException.conflict(SessionMessage.LEAD_KEY_OF_ANOTHER);
    }
  }

  private User requireWaiting(long userId) {
    User user = users.find(userId);
    if (passkeys.promisedTo(userId).isEmpty()) {
      throw ProblemException.conflict(SessionMessage.LEAD_NOTHING_WAITS, user.displayName());
    }
    return user;
  }

  /** Who has left without ending it. */
  private void endOld() {
    Instant oldest = clock.instant().minus(IDLE);
    leads.forEach(
        (by, lead) -> {
          if (lead.used().isBefore(oldest)) {
            end(by);
          }
        });
  }

  void stop(@Observes ServerStopping stopping) {
    leads.keySet().forEach(this::end);
  }
}
