package dev.keysmith.core.access;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes guessing slow. An attempt counts before it is decided, so that many at once are not all
 * tried; one that succeeds is taken back.
 *
 * <p>Counts live in memory, on each node for itself, and a bounded number of them. Names that exist
 * are counted apart from those that were made up: however many are made up, the counts of those
 * that exist stay, and no other caller is refused.
 */
@ApplicationScoped
public class Throttle {

  static final int ADDRESSES = 50_000;
  static final int EXISTING = 100_000;
  static final int MADE_UP = 10_000;

  @Inject Clock clock;

  private final Map<ThrottlePolicy, DoorCounts> doors = new EnumMap<>(ThrottlePolicy.class);

  /**
   * The target of a guess.
   *
   * @param name of the account, or of what else is guessed at
   * @param exists whether there is one; the answer is the same if not
   */
  public record Target(String name, boolean exists) {

    static final int LONGEST_NAME = 128;

    /** What is long is counted by its digest, for strangers choose how long it is. */
    public Target {
      name = name.length() <= LONGEST_NAME ? name : digest(name);
    }

    private static String digest(String name) {
      return Bytes.of(name.getBytes(StandardCharsets.UTF_8)).sha256().toString();
    }
  }

  /** An attempt that counts as a failure until it has succeeded. */
  public final class Attempt {

    private final List<Runnable> takeBack = new ArrayList<>();

    private Attempt() {}

    /** It was no failure. */
    public void succeeded() {
      synchronized (Throttle.this) {
        takeBack.forEach(Runnable::run);
        takeBack.clear();
      }
    }
  }

  private record DoorCounts(FailureCounts addresses, FailureCounts existing, FailureCounts madeUp) {

    static DoorCounts of(ThrottlePolicy door) {
      return new DoorCounts(
          new FailureCounts(door.perAddress(), ADDRESSES),
          new FailureCounts(door.perTarget(), EXISTING),
          new FailureCounts(door.perTarget(), MADE_UP));
    }

    FailureCounts of(Target target) {
      return target.exists() ? existing : madeUp;
    }
  }

  /**
   * Before an attempt that names something.
   *
   * @throws ProblemException {@code TOO_MANY}
   */
  public synchronized Attempt begin(ThrottlePolicy door, String address, Target target) {
    Instant now = clock.instant();
    DoorCounts counts = counts(door);
    String source = AttemptSources.of(address);
    require(door, counts.addresses(), source, now);
    require(door, counts.of(target), target.name(), now);
    Attempt attempt = new Attempt();
    count(attempt, counts.addresses(), source, now);
    count(attempt, counts.of(target), target.name(), now);
    return attempt;
  }

  /**
   * Before an attempt that names nothing, or after one that has failed already.
   *
   * @throws ProblemException {@code TOO_MANY}
   */
  public synchronized Attempt begin(ThrottlePolicy door, String address) {
    Instant now = clock.instant();
    FailureCounts addresses = counts(door).addresses();
    String source = AttemptSources.of(address);
    require(door, addresses, source, now);
    Attempt attempt = new Attempt();
    count(attempt, addresses, source, now);
    return attempt;
  }

  /**
   * Makes an attempt that names nothing; a problem is a failure.
   *
   * @throws ProblemException {@code TOO_MANY}, or the problem
   */
  public <T> T attempt(ThrottlePolicy door, String address, Supplier<T> work) {
    Attempt attempt = begin(door, address);
    T result = work.get();
    attempt.succeeded();
    return result;
  }

  private DoorCounts counts(ThrottlePolicy door) {
    return doors.computeIfAbsent(door, DoorCounts::of);
  }

  private static void require(ThrottlePolicy door, FailureCounts counts, String key, Instant now) {
    counts
        .closedUntil(key, now)
        .ifPresent(
            until -> {
              long minutes = Math.max(1, Duration.between(now, until).toMinutes());
              throw ProblemException.tooMany(door, minutes);
            });
  }

  private static void count(Attempt attempt, FailureCounts counts, String key, Instant now) {
    Instant ends = counts.add(key, now);
    attempt.takeBack.add(() -> counts.takeBack(key, ends));
  }
}
