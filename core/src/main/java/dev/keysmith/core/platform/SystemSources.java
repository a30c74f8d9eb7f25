package dev.keysmith.core.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** The one place that names the system clock and the random number generator. */
@ApplicationScoped
public class SystemSources {

  /** Databases keep microseconds: a finer instant would not equal itself once stored. */
  private static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Ticks in microseconds. */
  @Produces
  public Clock clock() {
    return CLOCK;
  }

  /** Thread-safe, seeded by the operating system. */
  @Produces
  public SecureRandom random() {
    return RANDOM;
  }
}
