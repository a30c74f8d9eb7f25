package dev.keysmith.station.connection;

import dev.keysmith.station.platform.Sources;
import java.time.Duration;
import java.time.Instant;

/**
 * Finds that the machine slept: the clock on the wall went on while the other stood still. A clock
 * that was set looks the same, and costs a new connection.
 */
final class SleepWatch {

  private static final Duration SLEPT = Duration.ofSeconds(20);

  private final Sources sources;
  private Instant wall;
  private long nanos;

  SleepWatch(Sources sources) {
    this.sources = sources;
    this.wall = sources.clock().instant();
    this.nanos = sources.nanos().getAsLong();
  }

  /** Whether it slept since the last call. */
  synchronized boolean hasSlept() {
    Instant wallNow = sources.clock().instant();
    long nanosNow = sources.nanos().getAsLong();
    Duration byWall = Duration.between(wall, wallNow);
    Duration awake = Duration.ofNanos(nanosNow - nanos);
    wall = wallNow;
    nanos = nanosNow;
    return byWall.minus(awake).compareTo(SLEPT) > 0;
  }
}
