package dev.keysmith.core.session;

import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.core.custody.PasskeyDisposal;
import dev.keysmith.core.enrolment.PasskeysOnKeys;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.OpenKeys;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.key.SerialNumbers;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.pin.PinAttempts;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.core.session.KeyIdentification.Identified;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.core.session.KeySession.Step;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Erases a key: confirmed by a typed word, then pulled out and plugged in again, because a key lets
 * itself be reset only within ten seconds after that, then touched (CTAP 2.1, section 6.6).
 */
@ApplicationScoped
class KeyResetSteps {

  private static final Logger LOG = System.getLogger(KeyResetSteps.class.getName());
  private static final String WORD = "erase";
  private static final Duration TOUCH = Duration.ofSeconds(30);

  @Inject Station station;
  @Inject SecurityKeys keys;
  @Inject SerialNumbers serialNumbers;
  @Inject KeyIdentification identification;
  @Inject KeyComparison comparison;
  @Inject KeyErasures erasures;
  @Inject PasskeysOnKeys onKeys;
  @Inject OpenKeys openKeys;
  @Inject PinAttempts attempts;

  /**
   * What was found out before the key was pulled out.
   *
   * @param numbered whether its serial number tells it from all others
   */
  private record Examined(Identified identified, KeyComparison.Traits traits, boolean numbered) {}

  /**
   * Refuses a reset that was not confirmed.
   *
   * @throws ProblemException {@code INVALID}; {@code NOT_FOUND} if there is no such key in the
   *     inventory
   */
  void confirm(KeyReset request, PluggedKey plugged) {
    Optional<SecurityKey> known =
        request
            .keyId()
            .map(keys::find)
            .or(() -> serialNumbers.bySerialNumber(plugged.descriptor()));
    String typed = request.confirmation().strip();
    boolean confirmed =
        typed.equalsIgnoreCase(WORD)
            || typed.equalsIgnoreCase(plugged.descriptor().product())
            || known.flatMap(SecurityKey::assetTag).filter(typed::equalsIgnoreCase).isPresent();
    if (!confirmed) {
      throw ProblemException.invalid(
              SessionMessage.RESET_UNCONFIRMED, plugged.descriptor().product(), WORD)
          .at("confirmation", ProblemMessage.FIELD_WRONG);
    }
  }

  /**
   * Runs a reset to its end on the calling thread.
   *
   * @param pin the key's, by which it tells what is on it; empty if it is unknown; taken over,
   *     zeroed at the end
   */
  void run(KeySession session, KeyReset request, char[] pin) {
    try {
      Examined examined = examine(session, request, pin.clone());
      PluggedKey back = new ReplugPrompt(session, examined.numbered()).guide(station);
      long erasure = reset(session, examined, open(session, back, pin));
      erasures.record(session, examined.identified(), erasure);
      session.end(State.DONE, Message.of(SessionMessage.ERASED));
    } catch (PluginException | CtapException | ProblemException e) {
      session.end(session.isCancelled() ? State.CANCELLED : State.FAILED, words(e));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Reset in key session " + session.id() + " failed", e);
      session.end(State.FAILED, Message.of(SessionMessage.FAULT));
    } finally {
      Arrays.fill(pin, '\0');
      session.closed();
      if (session.state() == State.RUNNING) {
        session.end(State.FAILED, Message.of(SessionMessage.FAULT));
      }
    }
  }

  private OpenKey open(KeySession session, PluggedKey plugged, char[] pin) {
    PinAttempts.Attempt attempt = session.attempt();
    return openKeys.open(plugged, pin, (at, use) -> attempts.record(attempt, at, use));
  }

  private Examined examine(KeySession session, KeyReset request, char[] pin) {
    try (OpenKey key = open(session, session.plugged(), pin)) {
      session.opened(key);
      var info = key.info();
      List<String> over = info.transportsForReset();
      if (!over.isEmpty() && !over.contains("usb")) {
        throw ProblemException.invalid(SessionMessage.RESET_TRANSPORT, String.join(", ", over));
      }
      Identified identified = identification.identify(key, request.keyId());
      identified.keyId().ifPresent(session::recognised);
      requireRecognised(identified, request.unrecognised());
      identified
          .keyId()
          .ifPresent(id -> PasskeyDisposal.requireSeen(onKeys.inUse(id), request.seen()));
      session.say(
          Step.EXAMINE,
          info.longTouchForReset()
              ? Message.of(SessionMessage.LONG_TOUCH)
              : Message.of(SessionMessage.ERASABLE));
      return new Examined(
          identified,
          comparison.look(key, identified.found()),
          serialNumbers.tellsItself(KeyExaminations.facts(key)));
    } finally {
      session.closed();
    }
  }

  /** Passkeys that are lost for good must not stay active because of a hasty reset. */
  private static void requireRecognised(Identified identified, boolean anyway) {
    if (!identified.candidates().isEmpty() && !anyway) {
      throw ProblemException.conflict(SessionMessage.UNRECOGNISED);
    }
  }

  /** Returns the number of the erasure, which is still to be recorded. */
  private long reset(KeySession session, Examined before, OpenKey back) {
    try (OpenKey key = back) {
      session.opened(key);
      comparison.requireSame(before.traits(), key);
      session.say(Step.RESET, Message.of(SessionMessage.ERASING));
      long erasure = erasures.begin(session, before.identified());
      erase(session, key, erasure);
      return erasure;
    }
  }

  private void erase(KeySession session, OpenKey key, long erasure) {
    try {
      key.client().reset(key.interaction(TOUCH, status -> askForTouch(session, status)));
    } catch (CtapException | PluginException e) {
      // A key that was erased has no PIN, and one with passkeys of ours has.
      if (key.surelyHasPin()) {
        erasures.refused(erasure);
      } else {
        erasures.unknown(erasure);
        session.say(Step.RESET, Message.of(SessionMessage.ERASURE_UNKNOWN));
      }
      throw e;
    }
  }

  private static void askForTouch(KeySession session, KeepAliveListener.Status status) {
    if (status == KeepAliveListener.Status.USER_PRESENCE_NEEDED) {
      session.askForTouch(Step.RESET);
    }
  }

  private static Message words(RuntimeException e) {
    if (e instanceof CtapException refusal && refusal.status() == CtapStatus.NOT_ALLOWED) {
      return Message.of(SessionMessage.ERASED_TOO_LATE);
    }
    return Failure.message(e);
  }
}
