package dev.keysmith.core.passkey;

import dev.keysmith.spi.PluginException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Waits as long as an identity provider asks, within a bound, while a person stands at the desk.
 */
final class Patience {

  /** Sleeps; interruptible, and replaced in tests. */
  @FunctionalInterface
  interface Sleep {
    void sleep(Duration duration) throws InterruptedException;
  }

  private static final Duration WHERE_NONE_IS_TOLD = Duration.ofSeconds(10);

  /** So that a provider that says "now" again and again is not asked without a break. */
  private static final Duration AT_LEAST = Duration.ofMillis(250);

  private final Sleep sleep;
  private final EnrolmentProgress progress;
  private Duration left;

  /**
   * @param bound on the sum of all waits
   */
  Patience(Duration bound, Sleep sleep, EnrolmentProgress progress) {
    this.left = bound;
    this.sleep = sleep;
    this.progress = progress;
  }

  /**
   * Calls, and calls again as often as the answer is {@code RATE_LIMITED}: such a call had no
   * effect.
   *
   * @throws PluginException the call's; the last {@code RATE_LIMITED} if the bound is reached
   */
  <T> T ask(EnrolmentProgress.Step step, Supplier<T> call) {
    while (true) {
      progress.at(step);
      try {
        return call.get();
      } catch (PluginException e) {
        if (e.reason() != PluginException.Reason.RATE_LIMITED) {
          throw e;
        }
        await(e);
      }
    }
  }

  private void await(PluginException limited) {
    Duration told = limited.retryAfter().orElse(WHERE_NONE_IS_TOLD);
    Duration wait = told.compareTo(AT_LEAST) < 0 ? AT_LEAST : told;
    left = left.minus(wait);
    if (left.isNegative()) {
      throw limited;
    }
    progress.at(EnrolmentProgress.Step.WAITING_FOR_PROVIDER);
    try {
      sleep.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw limited;
    }
  }
}
