package dev.keysmith.testing.org.http;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Counts the requests of each minute, for each kind of path, as Okta's limits do. Thread-safe. */
final class RateLimits {

  private static final long WINDOW = 60;

  record State(int limit, int remaining, long reset, boolean exceeded) {

    Answer on(Answer answer) {
      return answer
          .with("X-Rate-Limit-Limit", Integer.toString(limit))
          .with("X-Rate-Limit-Remaining", Integer.toString(remaining))
          .with("X-Rate-Limit-Reset", Long.toString(reset));
    }
  }

  private record Count(long window, int requests) {}

  private final int perMinute;
  private final Clock clock;
  private final Map<String, Count> counts = new HashMap<>();

  RateLimits(int perMinute, Clock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  synchronized State count(Call call) {
    long window = clock.instant().getEpochSecond() / WINDOW;
    Count before = counts.getOrDefault(bucket(call), new Count(window, 0));
    int requests = before.window() == window ? before.requests() + 1 : 1;
    counts.put(bucket(call), new Count(window, requests));
    return new State(
        perMinute, Math.max(0, perMinute - requests), (window + 1) * WINDOW, requests > perMinute);
  }

  State exhausted(long reset) {
    return new State(perMinute, 0, reset, true);
  }

  /** Lists of users, single users, groups and everything else have limits of their own. */
  private static String bucket(Call call) {
    boolean users = call.path().startsWith("/api/v1/users");
    if (users && call.segments().size() <= 4) {
      return call.segments().size() == 3 ? "users" : "user";
    }
    return call.path().startsWith("/api/v1/groups") ? "groups" : "other";
  }
}
