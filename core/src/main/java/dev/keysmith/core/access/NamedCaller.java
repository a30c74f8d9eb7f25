package dev.keysmith.core.access;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Callers of core that are no operators. Work is done for one of them only inside of {@link #call}
 * or {@link #run}, on the same thread; inside of these no operator's role counts.
 */
public enum NamedCaller {
  /** The server by itself: at its start, for events, in key sessions. It may call everything. */
  SERVER,
  /** The holder of a set-up link that can be used. */
  SET_UP,
  /** The owner of a security key, after the redemption of an activation code. */
  OWNER;

  private static final ThreadLocal<@Nullable NamedCaller> PRESENT = new ThreadLocal<>();

  /** Work with a result. */
  @FunctionalInterface
  public interface Work<T, X extends Throwable> {

    /** Does it. */
    T run() throws X;
  }

  /** Does work for this caller. */
  public <T, X extends Throwable> T call(Work<T, X> work) throws X {
    NamedCaller before = PRESENT.get();
    PRESENT.set(this);
    try {
      return work.run();
    } finally {
      restore(before);
    }
  }

  /** Does work for this caller. */
  public void run(Runnable work) {
    this.<Boolean, RuntimeException>call(
        () -> {
          work.run();
          return true;
        });
  }

  private static void restore(@Nullable NamedCaller before) {
    if (before == null) {
      PRESENT.remove();
    } else {
      PRESENT.set(before);
    }
  }

  /** For whom this thread works; empty if that is an operator or was not said. */
  static Optional<NamedCaller> present() {
    return Optional.ofNullable(PRESENT.get());
  }

  boolean mayCall(Allowed rule) {
    return this == SERVER || Arrays.asList(rule.also()).contains(this);
  }
}
