package dev.keysmith.station.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double, with jitter, so that many stations do not come at the same moment. */
final class Backoff {

  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(1);

  private final RandomGenerator random;
  private Duration next = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Between half and the whole of a second; then of two, four, up to a minute. */
  synchronized Duration next() {
    Duration pause = jitter(next, random);
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return pause;
  }

  synchronized void reset() {
    next = FIRST;
  }

  /** Between half and the whole of a pause. */
  static Duration jitter(Duration pause, RandomGenerator random) {
    long half = pause.toMillis() / 2;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }
}
