package dev.keysmith.core.activation;

import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps codes from being guessed: few failures a minute from one address, and few an hour, from
 * everywhere, with one first group.
 *
 * <p>With one first group 40 bits are left to guess; ten tries an hour find them in no lifetime.
 * Counts live in memory, on each node for itself.
 */
@ApplicationScoped
class Guesses {

  static final int PER_ADDRESS = 20;
  static final int PER_PREFIX = 10;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MAX_SOURCES = 10_000;

  @Inject Clock clock;

  private final Window addresses = new Window(MINUTE);
  private final Window prefixes = new Window(HOUR);

  /**
   * Before a code is looked up.
   *
   * @throws ProblemException {@code TOO_MANY}
   */
  synchronized void require(String address, String prefix) {
    Instant now = clock.instant();
    if (addresses.count(now, address) >= PER_ADDRESS) {
      throw ProblemException.tooMany(
          "activation.too-many-failures",
          "Too many wrong codes came from this address. Wait a minute, then type the code again.");
    }
    if (prefixes.count(now, prefix) >= PER_PREFIX) {
      throw ProblemException.tooMany(
          "activation.too-many-failures",
          "Too many wrong codes began like this one. Wait an hour, or ask for a new code.");
    }
  }

  synchronized void failed(String address, String prefix) {
    Instant now = clock.instant();
    addresses.add(now, address);
    prefixes.add(now, prefix);
  }

  /** Counts within a span of time, and then from zero. */
  private static final class Window {

    private final Duration length;
    private final Map<String, Integer> counts = new HashMap<>();
    private Instant ends = Instant.MIN;

    Window(Duration length) {
      this.length = length;
    }

    int count(Instant now, String source) {
      forgetOld(now);
      boolean full = counts.size() >= MAX_SOURCES && !counts.containsKey(source);
      return full ? Integer.MAX_VALUE : counts.getOrDefault(source, 0);
    }

    void add(Instant now, String source) {
      forgetOld(now);
      counts.merge(source, 1, Integer::sum);
    }

    private void forgetOld(Instant now) {
      if (!now.isBefore(ends)) {
        counts.clear();
        ends = now.plus(length);
      }
    }
  }
}
