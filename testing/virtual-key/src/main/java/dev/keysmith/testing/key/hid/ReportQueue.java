package dev.keysmith.testing.key.hid;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The reports on their way to the host. */
final class ReportQueue {

  /** A waiting reader looks up this often: the key's clock may have been moved. */
  private static final long LOOK_UP_MILLIS = 50;

  private final Deque<byte[]> reports = new ArrayDeque<>();

  synchronized void add(List<byte[]> more) {
    reports.addAll(more);
    notifyAll();
  }

  /** Adds a report unless the host has not even read the former ones. */
  synchronized void addIfEmpty(byte[] report) {
    if (reports.isEmpty()) {
      add(List.of(report));
    }
  }

  /** Makes waiting readers look up. */
  synchronized void wake() {
    notifyAll();
  }

  /**
   * Waits for a report.
   *
   * @param check run from time to time; may add reports, or throw to end the wait
   */
  Optional<byte[]> poll(Duration timeout, Runnable check) {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      check.run();
      synchronized (this) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (!reports.isEmpty() || left <= 0) {
          return Optional.ofNullable(reports.poll());
        }
        pause(Math.min(left, LOOK_UP_MILLIS));
      }
    }
  }

  private synchronized void pause(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a report.", e);
    }
  }
}
