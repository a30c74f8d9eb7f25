package dev.keysmith.core.session;

import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.key.StationWatch;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeySession.Step;
import dev.keysmith.spi.key.KeyDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits until a key was pulled out and is back. */
final class Replug {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long SLICE_MILLIS = 250;

  private final KeySession session;
  private final LinkedBlockingQueue<List<PluggedKey>> looks = new LinkedBlockingQueue<>();

  Replug(KeySession session) {
    this.session = session;
  }

  /**
   * Guides the person through it.
   *
   * @return the key as it is listed now
   * @throws ProblemException {@code CONFLICT} if it takes more than a minute each, or the session
   *     was cancelled
   */
  PluggedKey guide(Station station) {
    StationWatch watch = station.watch(change -> looks.add(change.now().keys()));
    try {
      session.say(Step.RESET, Words.of("session.pull-out", "Pull the security key out now."));
      await(keys -> keys.stream().noneMatch(this::isTheKey));
      session.say(
          Step.RESET,
          Words.of(
              "session.plug-in",
              "Plug it in again, into the same port, and be ready to touch it."));
      return await(keys -> keys.stream().anyMatch(this::isTheKey)).stream()
          .filter(this::isTheKey)
          .findFirst()
          .orElseThrow();
    } finally {
      watch.close();
    }
  }

  /** Ids change when a key comes back; its port, or its serial number, does not. */
  private boolean isTheKey(PluggedKey candidate) {
    KeyDescriptor before = session.plugged().descriptor();
    KeyDescriptor now = candidate.descriptor();
    boolean same =
        now.location().equals(before.location())
            || (now.serialNumber().isPresent() && now.serialNumber().equals(before.serialNumber()));
    return same
        && candidate.transport().equals(session.plugged().transport())
        && now.product().equals(before.product());
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
    throw ProblemException.conflict(
        "key.not-replugged",
        "Nothing was erased: the security key was not pulled out and plugged in again within a"
            + " minute. Start again.");
  }

  private void requireNotCancelled() {
    if (session.isCancelled()) {
      throw ProblemException.conflict("key.session-cancelled", "Cancelled. Nothing was erased.");
    }
  }
}
