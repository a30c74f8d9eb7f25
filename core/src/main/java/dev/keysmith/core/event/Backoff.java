package dev.keysmith.core.event;

import dev.keysmith.spi.PluginException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a failed delivery is tried again: a function of attempts, failure and time alone. */
final class Backoff {

  /** With the pauses below: about three hours. */
  static final int MAX_ATTEMPTS = 20;

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration LONGEST_AS_TOLD = Duration.ofHours(1);

  private Backoff() {}

  /**
   * @param attempts failed so far, this one included
   * @return empty if trying again will not help: park
   */
  static Optional<Instant> next(int attempts, Throwable failure, Instant now) {
    if (failure instanceof PluginException plugin) {
      switch (plugin.reason()) {
        case RATE_LIMITED:
          return Optional.of(now.plus(asTold(plugin)));
        case REJECTED, MISCONFIGURED:
          return Optional.empty();
        default:
          break;
      }
    }
    return attempts >= MAX_ATTEMPTS ? Optional.empty() : Optional.of(now.plus(pause(attempts)));
  }

  private static Duration asTold(PluginException failure) {
    Duration told = failure.retryAfter().orElse(Duration.ofMinutes(1));
    return told.compareTo(FIRST) < 0 ? FIRST : shorter(told, LONGEST_AS_TOLD);
  }

  private static Duration pause(int attempts) {
    return shorter(FIRST.multipliedBy(1L << Math.min(attempts - 1, 20)), LONGEST);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
