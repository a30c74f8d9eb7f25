package dev.keysmith.core.directory;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The imports that run on this server: their progress, who watches it, and how they are woken. */
@ApplicationScoped
class LiveImports {

  @Inject Clock clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopped = lock.newCondition();
  private final Map<Long, ImportProgress> running = new HashMap<>();
  private final Set<Long> cancelled = new HashSet<>();
  private final Map<Long, List<Consumer<ImportProgress>>> watchers = new HashMap<>();
  private boolean closing;

  Optional<ImportProgress> find(long importId) {
    lock.lock();
    try {
      return Optional.ofNullable(running.get(importId));
    } finally {
      lock.unlock();
    }
  }

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
      if (progress.state().isOver()) {
        running.remove(progress.importId());
        cancelled.remove(progress.importId());
      } else {
        running.put(progress.importId(), progress);
      }
      told = watchers.getOrDefault(progress.importId(), List.of());
    } finally {
      lock.unlock();
    }
    told.forEach(watcher -> watcher.accept(progress));
  }

  /** Wakes an import that waits, and ends it. */
  void cancel(long importId) {
    lock.lock();
    try {
      if (running.containsKey(importId)) {
        cancelled.add(importId);
        stopped.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, and lets the watchers see it.
   *
   * @throws ImportStopped if the import is cancelled
   */
  void pause(long importId, Duration time, String reason) {
    find(importId)
        .ifPresent(progress -> publish(progress.waiting(reason, clock.instant().plus(time))));
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !cancelled.contains(importId) && !closing) {
        left = stopped.awaitNanos(left);
      }
      if (cancelled.contains(importId)) {
        throw new ImportStopped("The import was cancelled.");
      }
      if (closing) {
        throw new IllegalStateException("The server shuts down; the import goes on afterwards.");
      }
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
      stopped.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
