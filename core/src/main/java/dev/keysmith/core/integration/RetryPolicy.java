package dev.keysmith.core.integration;

import dev.keysmith.spi.PluginException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Repeats calls of an identity provider that fail for reasons that pass. A call that was refused as
 * {@code RATE_LIMITED} had no effect, so it is repeated after the time that the provider names.
 *
 * <p>A refusal of the first call is final. A provider that has answered before has accepted address
 * and credential, so a refusal in the middle of the work may come from a firewall or from a change
 * that is under way there: the server repeats such a call for a minute.
 */
public final class RetryPolicy {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** So that a provider that says "now" again and again is not asked without a break. */
  private static final Duration AT_LEAST = Duration.ofMillis(250);

  private static final int MAX_ATTEMPTS = 9;

  /** With the waits between them: about a minute. */
  private static final int MAX_DOUBTFUL = 7;

  private final Duration unsaid;
  private final int attempts;
  private final int doubtful;
  private final Pause pause;
  private Duration left;
  private boolean answered;

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    /**
     * Waits; throws to give up.
     *
     * @param why what the provider said
     */
    void pause(Duration time, PluginException why);
  }

  private RetryPolicy(Duration unsaid, int attempts, int doubtful, Duration bound, Pause pause) {
    this.unsaid = unsaid;
    this.attempts = attempts;
    this.doubtful = doubtful;
    this.left = bound;
    this.pause = pause;
  }

  /**
   * For background work: as long as the provider asks, however often, and longer and longer while
   * it is out of reach.
   */
  public static RetryPolicy ofTheServer(Pause pause) {
    return new RetryPolicy(
        Duration.ofSeconds(30), MAX_ATTEMPTS, MAX_DOUBTFUL, Duration.ofDays(365), pause);
  }

  /**
   * Of a person at the desk: as long as the provider asks, within a bound. That it is out of reach
   * the person is told at once.
   *
   * @param bound on the sum of all waits
   */
  public static RetryPolicy ofAPerson(Duration bound, Pause pause) {
    return new RetryPolicy(Duration.ofSeconds(10), 1, 1, bound, pause);
  }

  /** Takes note that the provider has answered such calls before, for instance before a restart. */
  public RetryPolicy withOneThatHasAnswered() {
    answered = true;
    return this;
  }

  /**
   * The result of the call, once it succeeds.
   *
   * @throws PluginException the call's, if waiting does not help or would take too long
   */
  public <T> T call(Supplier<T> call) {
    int failures = 0;
    while (true) {
      try {
        T result = call.get();
        answered = true;
        return result;
      } catch (PluginException e) {
        await(
            switch (e.reason()) {
              case RATE_LIMITED -> longer(e.retryAfter().orElse(unsaid));
              case UNAVAILABLE, TIMED_OUT -> backOff(++failures, attempts, e);
              case MISCONFIGURED, REJECTED -> backOff(++failures, answered ? doubtful : 1, e);
              default -> throw e;
            },
            e);
      }
    }
  }

  private void await(Duration time, PluginException why) {
    left = left.minus(time);
    if (left.isNegative()) {
      throw why;
    }
    pause.pause(time, why);
  }

  private static Duration backOff(int failures, int most, PluginException e) {
    if (failures >= most) {
      throw e;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << (failures - 1));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private static Duration longer(Duration told) {
    return told.compareTo(AT_LEAST) < 0 ? AT_LEAST : told;
  }
}
