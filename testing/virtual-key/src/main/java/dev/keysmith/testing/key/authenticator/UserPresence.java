package dev.keysmith.testing.key.authenticator;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeepAliveListener.Status;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What happens to a key from outside while it works: touch, cancellation, loss of power. */
public final class UserPresence {

  /** How long a key waits for a touch (CTAP 2.1, section 6.1.2: user action timeout). */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** How often a key says that it is still there (CTAP 2.1, section 11.2.9.2.1). */
  private static final long KEEP_ALIVE_MILLIS = 100;

  private final Clock clock;
  private TouchPolicy policy;
  private KeepAliveListener listener = KeepAliveListener.NONE;
  private boolean powered = true;
  private int powerCycle = 1;
  private int begunIn;
  private boolean busy;
  private boolean cancelled;
  private boolean waiting;
  private boolean touched;

  public UserPresence(Clock clock, TouchPolicy policy) {
    this.clock = clock;
    this.policy = policy;
  }

  public synchronized void begin(KeepAliveListener keepAlives) {
    begunIn = powerCycle;
    checkPower();
    listener = keepAlives;
    busy = true;
    cancelled = false;
  }

  public synchronized void end() {
    busy = false;
    listener = KeepAliveListener.NONE;
  }

  /** Fails if the key has been unplugged since the request began. */
  public synchronized void checkPower() {
    if (!powered || begunIn != powerCycle) {
      throw new PluginException(
          PluginException.Reason.KEY_ABSENT,
          "The virtual security key is unplugged. Plug it in and begin again.");
    }
  }

  /**
   * Waits for a touch.
   *
   * @param whenLate what the command answers if none comes; sections 6.1.2 and 6.2.2 name another
   *     status than 6.6 and 6.9
   */
  void request(CtapStatus whenLate) {
    Instant start = clock.instant();
    synchronized (this) {
      waiting = true;
      touched = false;
    }
    try {
      await(Status.USER_PRESENCE_NEEDED, () -> isTouched(start, whenLate));
    } finally {
      synchronized (this) {
        waiting = false;
      }
    }
  }

  /** Takes its time, as keys do that compute slowly. */
  public void work(Duration duration) {
    Instant end = clock.instant().plus(duration);
    if (!duration.isZero()) {
      await(Status.PROCESSING, () -> !clock.instant().isBefore(end));
    }
  }

  public synchronized void touch() {
    touched = waiting;
    notifyAll();
  }

  public synchronized void cancel() {
    cancelled = busy;
    notifyAll();
  }

  public synchronized void powerOff() {
    powered = false;
    notifyAll();
  }

  public synchronized void powerOn() {
    powered = true;
    powerCycle++;
    notifyAll();
  }

  /** Counts how often the key was plugged in. */
  public synchronized int powerCycle() {
    return powerCycle;
  }

  public synchronized boolean powered() {
    return powered;
  }

  /** Whether the key waits for a touch at this moment. */
  public synchronized boolean waiting() {
    return waiting;
  }

  public synchronized TouchPolicy policy() {
    return policy;
  }

  public synchronized void policy(TouchPolicy newPolicy) {
    policy = newPolicy;
    notifyAll();
  }

  /** A condition that ends a wait; asked while this object is locked. */
  @FunctionalInterface
  private interface Condition {
    boolean isMet();
  }

  private void await(Status status, Condition condition) {
    while (true) {
      // Told outside the lock: the listener may touch, cancel or unplug the key.
      listener().onKeepAlive(status);
      synchronized (this) {
        if (isOver(condition) || pause() && isOver(condition)) {
          return;
        }
      }
    }
  }

  private synchronized KeepAliveListener listener() {
    return listener;
  }

  private boolean isOver(Condition condition) {
    checkPower();
    if (cancelled) {
      throw CtapStatus.KEEPALIVE_CANCEL.error();
    }
    return condition.isMet();
  }

  private boolean pause() {
    try {
      wait(KEEP_ALIVE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CtapStatus.KEEPALIVE_CANCEL.error();
    }
  }

  private boolean isTouched(Instant start, CtapStatus whenLate) {
    Duration waited = Duration.between(start, clock.instant());
    boolean done =
        switch (policy.kind()) {
          case AUTOMATIC -> true;
          case AFTER_DELAY -> touched || waited.compareTo(policy.delay()) >= 0;
          case BY_HAND -> touched;
          case NEVER -> false;
        };
    if (!done && waited.compareTo(TIMEOUT) >= 0) {
      throw whenLate.error();
    }
    return done;
  }
}
