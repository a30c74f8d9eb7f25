package dev.keysmith.war.it;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, until it leaps a minute ahead. */
final class LeapingClock extends Clock {

  private final Clock system = Clock.systemUTC();
  private volatile Duration ahead = Duration.ZERO;

  void leap() {
    ahead = ahead.plusMinutes(1);
  }

  @Override
  public Instant instant() {
    return system.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Not needed here");
  }
}
