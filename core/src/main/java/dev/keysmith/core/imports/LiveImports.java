package dev.keysmith.core.imports;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The imports that run on this server: who watches them, and how they are woken. */
@ApplicationScoped
class LiveImports {

  /** How often a waiting import looks whether another server has cancelled it. */
  private static final long LOOK_NANOS = Duration.ofSeconds(5).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final Map<Long, List<Consumer<ImportProgress>>> watchers = new HashMap<>();
  private boolean closing;

  /** Tells the watcher of each progress from now on, on the thread of the import. */
  Runnable watch(long importId, Consumer<ImportProgress> watcher) {
    lock.lock();
    try {
      watchers.computeIfAbsent(importId, id -> new CopyOnWriteArrayList<>()).add(watcher);
    } finally {
      lock.unlock();
    }
    return () -> forget(importId, watcher);
  }

  private void forget(long importId, Consumer<ImportProgress> watcher) {
    lock.lock();
    try {
      List<Consumer<ImportProgress>> others = watchers.getOrDefault(importId, List.of());
      others.remove(watcher);
      if (others.isEmpty()) {
        watchers.remove(importId);
      }
    } finally {
      lock.unlock();
    }
  }

  void publish(ImportProgress progress) {
    List<Consumer<ImportProgress>> told;
    lock.lock();
    try {
      told = watchers.getOrDefault(progress.importId(), List.of());
    } finally {
      lock.unlock();
    }
    told.forEach(watcher -> watcher.accept(progress));
  }

  /** Wakes those that wait, to look whether they shall go on. */
  void wake() {
    lock.lock();
    try {
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits.
   *
   * @param underWay whether the import is to go on
   * @throws ImportStopped if it is not
   */
  void pause(Duration time, BooleanSupplier underWay) {
    long left = time.toNanos();
    while (left > 0) {
      if (!underWay.getAsBoolean()) {
        throw new ImportStopped("The import was cancelled.");
      }
      left -= await(Math.min(left, LOOK_NANOS));
    }
  }

  /** Returns how long it has waited. */
  private long await(long nanos) {
    lock.lock();
    try {
      if (!closing) {
        long left = woken.awaitNanos(nanos);
        if (!closing) {
          return nanos - left;
        }
      }
      throw new IllegalStateException("The server shuts down; the import goes on afterwards.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The import was interrupted and goes on later.", e);
    } finally {
      lock.unlock();
    }
  }

  @PreDestroy
  void close() {
    lock.lock();
    try {
      closing = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
