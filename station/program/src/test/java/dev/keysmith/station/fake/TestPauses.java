package dev.keysmith.station.fake;

import dev.keysmith.station.platform.Pauses;
import dev.keysmith.station.platform.Sources;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Time that passes when a test says so. */
public final class TestPauses implements Pauses {

  private final BlockingQueue<Duration> asked = new LinkedBlockingQueue<>();
  private final AtomicLong nanos = new AtomicLong(1);
  private final AtomicLong asleep = new AtomicLong();
  private volatile @Nullable Semaphore wake;

  public Sources sources() {
    Instant start = Instant.parse("2026-03-01T08:00:00Z");
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return start.plusNanos(nanos.get() + asleep.get());
          }
        };
    return new Sources(clock, nanos::get, this, new SecureRandom());
  }

  @Override
  public void await(Semaphore until, Duration longest) throws InterruptedException {
    wake = until;
    asked.add(longest);
    until.acquire();
  }

  /** The next pause that the program makes, which it is in. */
  public Duration next() throws InterruptedException {
    Duration pause = asked.poll(FakeServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (pause == null) {
      throw new AssertionError("The program makes no pause.");
    }
    return pause;
  }

  /** Lets the pause end that {@link #next} has told. */
  public void pass() {
    Semaphore waiting = wake;
    if (waiting == null) {
      throw new AssertionError("The program makes no pause.");
    }
    waiting.release();
  }

  /** Moves both clocks. */
  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Moves the clock on the wall alone. */
  public void sleep(Duration time) {
    asleep.addAndGet(time.toNanos());
  }
}
