package dev.keysmith.war.progress;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Work whose state is in the database, because any node may do it. This node looks at each piece
 * that is followed once in a while, however many follow it.
 */
final class StoredWork {

  private static final Logger LOG = System.getLogger(StoredWork.class.getName());

  private final Map<String, Shared> followed = new ConcurrentHashMap<>();

  /**
   * A piece of work.
   *
   * @param name tells it from others
   * @param look reads its state
   */
  Work of(String name, Supplier<Progress> look) {
    return new Work() {
      @Override
      public Progress look() {
        Shared shared = followed.get(name);
        return shared == null ? look.get() : shared.last;
      }

      @Override
      public Runnable watch(Runnable listener) {
        followed.compute(
            name,
            (any, present) -> {
              Shared shared = present == null ? new Shared(look, look.get()) : present;
              shared.listeners.add(listener);
              return shared;
            });
        return () -> forget(name, listener);
      }
    };
  }

  private void forget(String name, Runnable listener) {
    followed.computeIfPresent(
        name,
        (any, shared) -> {
          shared.listeners.remove(listener);
          return shared.listeners.isEmpty() ? null : shared;
        });
  }

  /** Looks once at each piece that is followed, and tells of what has changed. */
  void lookAtAll() {
    followed.values().forEach(Shared::lookAgain);
  }

  /** One piece, and those who follow it. */
  private static final class Shared {
    private final Supplier<Progress> look;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Progress last;

    Shared(Supplier<Progress> look, Progress last) {
      this.look = look;
      this.last = last;
    }

    void lookAgain() {
      try {
        Progress now = look.get();
        if (!now.equals(last)) {
          last = now;
          listeners.forEach(Runnable::run);
        }
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "Work that is followed cannot be looked at now", e);
      }
    }
  }
}
