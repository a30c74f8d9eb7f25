package dev.keysmith.core.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * The enrolments that run on this node. Their leases are renewed by one thread, which runs as long
 * as there is one: a call of an identity provider may block longer than a lease lasts.
 */
@ApplicationScoped
class LiveEnrolments {

  private static final Logger LOG = System.getLogger(LiveEnrolments.class.getName());
  private static final Duration PERIOD = EnrolmentLeases.LASTS.dividedBy(4);

  @Inject ExecutorService executor;
  @Inject EnrolmentLeases leases;

  private final Map<String, Runnable> live = new HashMap<>();
  private final Set<String> interrupted = new HashSet<>();
  private boolean renewing;

  /**
   * An enrolment has begun.
   *
   * @param interrupt called, perhaps repeatedly, when it shall not go on; never once it was removed
   */
  synchronized void add(String attempt, Runnable interrupt) {
    live.put(attempt, interrupt);
    if (!renewing) {
      executor.execute(this::renewWhileAnyIsLive);
      renewing = true;
    }
  }

  /**
   * Its steps have ended. Waits for an interruption under way, which would end the next command of
   * the same key otherwise.
   */
  synchronized void remove(String attempt) {
    live.remove(attempt);
    notifyAll();
    try {
      while (interrupted.contains(attempt)) {
        wait();
      }
    } catch (InterruptedException e) {
      // The server is stopping: no other enrolment follows.
      Thread.currentThread().interrupt();
    }
  }

  /** Renews all leases, and interrupts those that were revoked or taken over. */
  void renew() {
    Map<String, Runnable> now = copy();
    if (!now.isEmpty()) {
      Set<String> wanted = leases.renew(now.keySet());
      now.keySet().removeAll(wanted);
      now.forEach(this::interrupt);
    }
  }

  /** An enrolment that has ended meanwhile is left alone: its key may serve the next one. */
  private void interrupt(String attempt, Runnable interrupt) {
    if (!beginInterruption(attempt)) {
      return;
    }
    try {
      interrupt.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An enrolment could not be interrupted", e);
    } finally {
      endInterruption(attempt);
    }
  }

  private synchronized boolean beginInterruption(String attempt) {
    return live.containsKey(attempt) && interrupted.add(attempt);
  }

  private synchronized void endInterruption(String attempt) {
    interrupted.remove(attempt);
    notifyAll();
  }

  private synchronized Map<String, Runnable> copy() {
    return new HashMap<>(live);
  }

  private void renewWhileAnyIsLive() {
    while (anyIsLiveAfterAPeriod()) {
      try {
        renew();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "Enrolments under way could not be marked as alive", e);
      }
    }
  }

  private synchronized boolean anyIsLiveAfterAPeriod() {
    long end = System.nanoTime() + PERIOD.toNanos();
    try {
      for (long left = PERIOD.toMillis(); left > 0 && !live.isEmpty(); ) {
        wait(left);
        left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      }
    } catch (InterruptedException e) {
      // The server is stopping: what still runs is settled after its start, or by another node.
      Thread.currentThread().interrupt();
      live.clear();
    }
    renewing = !live.isEmpty();
    return renewing;
  }
}
