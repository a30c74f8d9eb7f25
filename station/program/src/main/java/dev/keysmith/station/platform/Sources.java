package dev.keysmith.station.platform;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The one place that names the system's clocks and random numbers.
 *
 * @param clock what people read
 * @param nanos a clock that is never set; it may stand still while the machine sleeps
 * @param pauses how the program waits
 * @param random for keys and plugins
 */
public record Sources(Clock clock, LongSupplier nanos, Pauses pauses, SecureRandom random) {

  /** Those of the system. */
  public static Sources ofTheSystem() {
    return new Sources(
        Clock.systemUTC(),
        System::nanoTime,
        (wake, longest) -> {
          // The caller does not ask which of the two it was.
          boolean ignored = wake.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        },
        new SecureRandom());
  }
}
