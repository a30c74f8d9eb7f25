package dev.keysmith.core.session;

import dev.keysmith.core.key.KeyMessage;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.key.StationWatch;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeySession.Step;
import dev.keysmith.spi.key.KeyDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Waits until a key was pulled out and is back. While its transport has a problem, no key can be
 * seen there, and that is no sign that it was pulled out.
 */
final class ReplugPrompt {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long SLICE_MILLIS = 250;

  private final KeySession session;
  private final boolean numbered;
  private final LinkedBlockingQueue<List<PluggedKey>> looks = new LinkedBlockingQueue<>();

  /**
   * @param numbered whether the serial number of the key tells it from all others
   */
  ReplugPrompt(KeySession session, boolean numbered) {
    this.session = session;
    this.numbered = numbered;
  }

  /**
   * Guides the person through it.
   *
   * @return the key as it is listed now; perhaps another one that was plugged into the same port
   * @throws ProblemException {@code CONFLICT} if it takes more than a minute each, or the session
   *     was cancelled
   */
  PluggedKey guide(Station station) {
    StationWatch watch = station.watch(this::see);
    try {
      session.say(Step.RESET, Message.of(SessionMessage.PULL_OUT));
      await(keys -> keys.stream().noneMatch(this::isTheKey));
      session.say(Step.RESET, Message.of(SessionMessage.PLUG_IN));
      List<PluggedKey> now = await(keys -> keys.stream().anyMatch(this::isTheKey));
      return Stream.of(now.stream().filter(this::showsItsNumber), now.stream())
          .flatMap(Function.identity())
          .filter(this::isTheKey)
          .findFirst()
          .orElseThrow();
    } finally {
      watch.close();
    }
  }

  private void see(Station.Change change) {
    if (!change.now().problems().containsKey(session.plugged().transport())) {
      looks.add(change.now().keys());
    }
  }

  /** Ids change when a key comes back; its port, or its serial number, does not. */
  private boolean isTheKey(PluggedKey candidate) {
    return candidate.transport().equals(session.plugged().transport())
        && (showsItsNumber(candidate) || isAtItsPort(candidate));
  }

  private boolean isAtItsPort(PluggedKey candidate) {
    return candidate.descriptor().location().equals(session.plugged().descriptor().location());
  }

  private boolean showsItsNumber(PluggedKey candidate) {
    KeyDescriptor before = session.plugged().descriptor();
    KeyDescriptor now = candidate.descriptor();
    return numbered
        && now.product().equals(before.product())
        && now.serialNumber().equals(before.serialNumber());
  }

  private List<PluggedKey> await(Predicate<List<PluggedKey>> wanted) {
    try {
      for (long left = PATIENCE.toMillis(); left > 0; left -= SLICE_MILLIS) {
        requireNotCancelled();
        List<PluggedKey> keys = looks.poll(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        if (keys != null && wanted.test(keys)) {
          return keys;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw ProblemException.conflict(SessionMessage.NOT_REPLUGGED);
  }

  private void requireNotCancelled() {
    if (session.isCancelled()) {
      throw ProblemException.conflict(KeyMessage.SESSION_CANCELLED);
    }
  }
}
