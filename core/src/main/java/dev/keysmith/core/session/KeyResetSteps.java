package dev.keysmith.core.session;

import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.ctap.CtapStatus;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.core.session.KeySession.Step;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  @Inject SecureRandom random;

  /**
   * Refuses a reset that nobody has confirmed.
   *
   * @return which key of the inventory it is, if that is known
   */
  Optional<Long> confirm(KeyReset request, PluggedKey plugged) {
    Optional<SecurityKey> known =
        request.keyId().map(keys::find).or(() -> keys.bySerialNumber(plugged.descriptor()));
    String typed = request.confirmation().strip();
    boolean confirmed =
        typed.equalsIgnoreCase(WORD)
            || typed.equalsIgnoreCase(plugged.descriptor().product())
            || known.flatMap(SecurityKey::assetTag).filter(typed::equalsIgnoreCase).isPresent();
    if (!confirmed) {
      throw ProblemException.invalid(
          "key.reset-unconfirmed",
          "A reset erases every passkey on \""
              + plugged.descriptor().product()
              + "\" and cannot be undone. To confirm it, type \""
              + WORD
              + "\", the name of the key, or its asset tag.",
          Map.of("confirmation", "is neither \"" + WORD + "\" nor the name of the key"));
    }
    return known.map(SecurityKey::id);
  }

  /** Runs a reset to its end on the calling thread. */
  void run(KeySession session, Optional<Long> known) {
    try {
      examine(session, known);
      PluggedKey back = new Replug(session).guide(station);
      reset(session, back);
      keys.erased(session.by(), known, session.plugged().descriptor().product());
      session.end(
          State.DONE,
          Words.of("session.erased", "The security key is erased: it has no PIN and no passkeys."));
    } catch (PluginException | CtapException | ProblemException e) {
      session.end(session.isCancelled() ? State.CANCELLED : State.FAILED, words(e));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Reset in key session " + session.id() + " failed", e);
      session.end(State.FAILED, Words.FAULT);
    } finally {
      session.closed();
      if (session.state() == State.RUNNING) {
        session.end(State.FAILED, Words.FAULT);
      }
    }
  }

  private void examine(KeySession session, Optional<Long> known) {
    try (OpenKey key = open(session.plugged())) {
      var info = key.info();
      known.ifPresent(id -> requireModel(keys.find(id), info.aaguid()));
      List<String> over = info.transportsForReset();
      if (!over.isEmpty() && !over.contains("usb")) {
        throw ProblemException.invalid(
            "key.reset-transport",
            "This security key lets itself be reset over " + String.join(", ", over) + " only.");
      }
      session.say(
          Step.EXAMINE,
          info.longTouchForReset()
              ? Words.of(
                  "session.long-touch",
                  "This security key wants a long touch: hold your finger on it until it is done.")
              : Words.of("session.erasable", "The security key can be erased."));
    }
  }

  private static void requireModel(SecurityKey known, java.util.UUID aaguid) {
    if (!known.aaguid().equals(aaguid)) {
      throw ProblemException.conflict(
          "key.another-model",
          "The plugged security key is of another model than key "
              + known.id()
              + " of the inventory. Nothing was erased.");
    }
  }

  private OpenKey open(PluggedKey plugged) {
    KeyConnection connection = station.open(plugged);
    return new OpenKey(plugged, connection, new Ctap2Client(connection, random), new char[0]);
  }

  private void reset(KeySession session, PluggedKey back) {
    try (OpenKey key = open(back)) {
      session.opened(key);
      session.say(
          Step.RESET, Words.of("session.erasing", "Erasing. The security key waits for a touch."));
      key.client()
          .reset(
              key.interaction(
                  TOUCH,
                  status -> {
                    if (status == KeepAliveListener.Status.USER_PRESENCE_NEEDED) {
                      session.askForTouch(Step.RESET);
                    }
                  }));
    }
  }

  private static Words words(RuntimeException e) {
    if (e instanceof CtapException refusal && refusal.status() == CtapStatus.NOT_ALLOWED) {
      return Words.of(
          "session.erased-too-late",
          "Nothing was erased: the security key wants to be touched within ten seconds after it"
              + " was plugged in. Start again, and touch it at once.");
    }
    return Words.of(e);
  }
}
