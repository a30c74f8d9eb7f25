package dev.keysmith.pcsc;

import java.time.Duration;

/**
 * The end of a span of waiting.
 *
 * <p>Measured on the monotonic timer and not on the server's clock: a clock that is set back while
 * a person looks for the key must not prolong the wait.
 *
 * @param nanos in the time of {@link System#nanoTime()}
 */
record Deadline(long nanos) {

  private static final Duration LONGEST = Duration.ofDays(1);

  static Deadline in(Duration span) {
    Duration bounded = span.compareTo(LONGEST) > 0 ? LONGEST : span;
    return new Deadline(System.nanoTime() + bounded.toNanos());
  }

  boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }

  /** What is left, never negative. */
  long remainingNanos() {
    return Math.max(0, nanos - System.nanoTime());
  }
}
