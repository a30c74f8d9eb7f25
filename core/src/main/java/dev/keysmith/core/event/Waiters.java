package dev.keysmith.core.event;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Those of this node who wait for the delivery of an event. */
final class Waiters {

  /** How often to look whether another node has delivered it. */
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final ConcurrentMap<String, CountDownLatch> latches = new ConcurrentHashMap<>();

  void delivered(String id) {
    CountDownLatch latch = latches.remove(id);
    if (latch != null) {
      latch.countDown();
    }
  }

  /** Returns true once {@link #delivered} was called or {@code done} says so. */
  boolean await(String id, Duration timeout, BooleanSupplier done) {
    long end = System.nanoTime() + timeout.toNanos();
    CountDownLatch latch = latches.computeIfAbsent(id, any -> new CountDownLatch(1));
    try {
      while (!done.getAsBoolean()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        if (latch.await(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
          return true;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      latches.remove(id, latch);
    }
  }
}
