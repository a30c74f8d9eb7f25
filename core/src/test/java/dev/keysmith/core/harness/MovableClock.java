package dev.keysmith.core.harness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it. */
public final class MovableClock extends Clock {

  static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  private volatile Instant now = START;

  /** Moves forward. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

  void reset() {
    now = START;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
