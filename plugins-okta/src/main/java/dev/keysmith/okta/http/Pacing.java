package dev.keysmith.okta.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps within the rate limits that an org tells in its answers, and leaves a tenth to its other
 * clients. Thread-safe.
 */
public final class Pacing {

  /** The windows of Okta's limits are a minute long. */
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(2);

  private static final Duration UNKNOWN = Duration.ofMinutes(1);
  private static final Duration CROWDED = Duration.ofSeconds(2);

  private record Window(long limit, long remaining, Instant reset) {
    boolean isOpen() {
      return remaining > limit / 10;
    }

    Window less() {
      return new Window(limit, remaining - 1, reset);
    }
  }

  private final Clock clock;
  private final Map<String, Window> windows = new HashMap<>();

  public Pacing(Clock clock) {
    this.clock = clock;
  }

  /** Counts a request; or, if there is no room for it, tells how long to wait and ask again. */
  synchronized Duration admit(String bucket) {
    Instant now = clock.instant();
    Window window = windows.get(bucket);
    if (window == null || !now.isBefore(window.reset())) {
      windows.remove(bucket);
      return Duration.ZERO;
    }
    if (!window.isOpen()) {
      return Duration.between(now, window.reset());
    }
    windows.put(bucket, window.less());
    return Duration.ZERO;
  }

  /** Learns from the headers of an answer. */
  synchronized void observe(String bucket, Answer answer) {
    Optional<Long> limit = answer.number("x-rate-limit-limit");
    Optional<Long> remaining = answer.number("x-rate-limit-remaining");
    Optional<Duration> wait = untilReset(answer);
    // A limit of zero speaks of requests at the same time, not of requests per minute.
    if (limit.isEmpty() || remaining.isEmpty() || wait.isEmpty() || limit.get() == 0) {
      return;
    }
    Instant reset = clock.instant().plus(wait.get());
    Window known = windows.get(bucket);
    boolean sameWindow =
        known != null && Duration.between(known.reset(), reset).abs().toSeconds() < 5;
    long left = sameWindow ? Math.min(known.remaining(), remaining.get()) : remaining.get();
    windows.put(bucket, new Window(limit.get(), left, reset));
  }

  /** How long to wait after an answer with status 429. */
  Duration afterRefusal(Answer answer) {
    if (answer.number("x-rate-limit-limit").orElse(1L) == 0) {
      return CROWDED;
    }
    return untilReset(answer)
        .or(() -> answer.number("retry-after").map(Duration::ofSeconds))
        .orElse(UNKNOWN);
  }

  /** By the org's clock where it shows one, so that a difference to this server's is harmless. */
  private Optional<Duration> untilReset(Answer answer) {
    Instant now = answer.date().orElseGet(clock::instant);
    return answer
        .number("x-rate-limit-reset")
        .map(reset -> Duration.between(now, Instant.ofEpochSecond(reset)))
        .map(wait -> wait.isNegative() || wait.isZero() ? Duration.ofSeconds(1) : wait)
        .map(wait -> wait.compareTo(LONGEST_WINDOW) > 0 ? LONGEST_WINDOW : wait);
  }
}
