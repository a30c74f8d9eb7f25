package dev.keysmith.core.plugin.guard;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call into a plugin. A thread of the server's runs it, and the caller waits beside it: so the
 * caller gets away from a call that does not return.
 *
 * @param <T> what it returns
 */
final class ForeignCall<T> implements Runnable {

  private final Supplier<T> body;
  private final Terms<T> terms;
  private final ClassLoader loader;

  private long deadline;
  private boolean ended;
  private boolean abandoned;
  private @Nullable Thread thread;
  private @Nullable T result;
  private @Nullable Misbehaviour misbehaviour;
  private @Nullable RuntimeException rightful;

  /**
   * What becomes of a call.
   *
   * @param limit how long the caller waits
   * @param late gets a result that came after the caller had given up, to close it
   * @param whenAbandoned called when the caller gives up
   * @param whenBack called when an abandoned call has ended after all
   */
  record Terms<T>(Duration limit, Consumer<T> late, Runnable whenAbandoned, Runnable whenBack) {}

  /**
   * @param loader the plugin's, for what it loads by the context class loader
   */
  ForeignCall(Supplier<T> body, Terms<T> terms, ClassLoader loader) {
    this.body = body;
    this.terms = terms;
    this.loader = loader;
    this.deadline = System.nanoTime() + terms.limit().toNanos();
  }

  @Override
  public void run() {
    Thread current = Thread.currentThread();
    if (!begin(current)) {
      end(null, null, null);
      return;
    }
    current.setContextClassLoader(loader);
    try {
      T value = body.get();
      if (value == null) {
        end(null, Misbehaviour.ofNull(), null);
      } else if (!end(value, null, null)) {
        // The interrupt was meant for the call that is over.
        Thread.interrupted();
        terms.late().accept(value);
      }
    } catch (RuntimeException e) {
      boolean allowed = Misbehaviour.isRightful(e);
      end(null, allowed ? null : Misbehaviour.of(e), allowed ? e : null);
    } catch (Throwable e) {
      // Also of errors of the machine: a plugin that overflows its stack has hurt only itself.
      end(null, Misbehaviour.of(e), null);
    } finally {
      current.setContextClassLoader(null);
    }
  }

  /** A caller who has given up was told so: it must have no effect any more. */
  private synchronized boolean begin(Thread current) {
    thread = current;
    return !abandoned;
  }

  /** Keeps the outcome; returns false if the caller has given up before. */
  private boolean end(
      @Nullable T value, @Nullable Misbehaviour wrong, @Nullable RuntimeException thrown) {
    synchronized (this) {
      if (ended) {
        return true;
      }
      ended = true;
      thread = null;
      result = value;
      misbehaviour = wrong;
      rightful = thrown;
      notifyAll();
      if (!abandoned) {
        return true;
      }
    }
    terms.whenBack().run();
    return false;
  }

  /**
   * Waits until the call has ended or its time is over; then it is abandoned.
   *
   * @return whether it has ended
   */
  synchronized boolean await() throws InterruptedException {
    try {
      while (!ended) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return true;
    } finally {
      if (!ended) {
        abandon();
      }
    }
  }

  private void abandon() {
    abandoned = true;
    terms.whenAbandoned().run();
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Lets the caller wait no longer than this from now on. */
  synchronized void hurry(Duration limit) {
    long now = System.nanoTime();
    deadline = now + Math.min(deadline - now, limit.toNanos());
    notifyAll();
  }

  /** Whether the caller has given up, and the thread is still inside the plugin. */
  synchronized boolean isStuck() {
    return abandoned && !ended;
  }

  /** What it returned. */
  synchronized @Nullable T result() {
    return result;
  }

  /** How it broke the contract. */
  synchronized Optional<Misbehaviour> misbehaviour() {
    return Optional.ofNullable(misbehaviour);
  }

  /** What it threw by the rules. */
  synchronized Optional<RuntimeException> rightful() {
    return Optional.ofNullable(rightful);
  }
}
