package dev.keysmith.core.access;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often something has failed, within a time from the first failure on. It holds a bounded
 * number of counts, and forgets the oldest of them first. Not safe for threads.
 */
final class FailureCounts {

  private final ThrottlePolicy.Limit limit;
  private final int most;

  /** The one that ends first is the first, because all last as long. */
  private final Map<String, Count> counts = new LinkedHashMap<>();

  private record Count(int failures, Instant ends) {}

  /**
   * @param most how many counts are kept
   */
  FailureCounts(ThrottlePolicy.Limit limit, int most) {
    this.limit = limit;
    this.most = most;
  }

  /** When a further failure is possible again; empty if it is now. */
  Optional<Instant> closedUntil(String key, Instant now) {
    return Optional.ofNullable(present(key, now))
        .filter(count -> count.failures() >= limit.most())
        .map(Count::ends);
  }

  /** Counts a failure, and says when its count ends. */
  Instant add(String key, Instant now) {
    forgetOld(now);
    Count before = present(key, now);
    Count after =
        before == null
            ? new Count(1, now.plus(limit.window()))
            : new Count(before.failures() + 1, before.ends());
    counts.put(key, after);
    return after.ends();
  }

  /** Takes a failure back, unless its count is over. */
  void takeBack(String key, Instant ends) {
    Count count = counts.get(key);
    if (count == null || !count.ends().equals(ends)) {
      return;
    }
    if (count.failures() == 1) {
      counts.remove(key);
    } else {
      counts.put(key, new Count(count.failures() - 1, ends));
    }
  }

  private @Nullable Count present(String key, Instant now) {
    Count count = counts.get(key);
    return count == null || !now.isBefore(count.ends()) ? null : count;
  }

  private void forgetOld(Instant now) {
    Iterator<Count> oldest = counts.values().iterator();
    while (oldest.hasNext() && (!now.isBefore(oldest.next().ends()) || counts.size() >= most)) {
      oldest.remove();
    }
  }
}
