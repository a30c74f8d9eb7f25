package dev.keysmith.core.directory;

import dev.keysmith.spi.PluginException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Repeats calls that fail for reasons that pass: waits as told when the identity provider asks for
 * it, and longer and longer while it is out of reach.
 */
final class Patience {

  private static final int MAX_ATTEMPTS = 9;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration UNSAID = Duration.ofSeconds(30);
  private static final Duration AT_LEAST = Duration.ofMillis(100);

  /** Lets time pass. */
  @FunctionalInterface
  interface Pause {
    /**
     * @param reason for people
     * @throws ImportStopped if the import is not to go on
     */
    void pause(Duration time, String reason);
  }

  private final Pause pause;

  Patience(Pause pause) {
    this.pause = pause;
  }

  /** The result of the call, once it succeeds; what it threw, if waiting does not help. */
  <T> T call(Supplier<T> call) {
    int failures = 0;
    while (true) {
      try {
        return call.get();
      } catch (PluginException e) {
        pause.pause(
            switch (e.reason()) {
              case RATE_LIMITED -> longer(e.retryAfter().orElse(UNSAID));
              case UNAVAILABLE, TIMED_OUT -> backOff(++failures, e);
              default -> throw e;
            },
            e.getMessage());
      }
    }
  }

  private static Duration backOff(int failures, PluginException e) {
    if (failures >= MAX_ATTEMPTS) {
      throw e;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << (failures - 1));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  /** So that a provider that says "now" again and again is not asked without a break. */
  private static Duration longer(Duration told) {
    return told.compareTo(AT_LEAST) < 0 ? AT_LEAST : told;
  }
}
