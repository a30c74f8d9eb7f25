package dev.keysmith.war.progress;

import java.util.function.Supplier;

/** Something that goes on and can be followed. */
public interface Work {

  /** The present state, quickly; called from other threads, outside the request. */
  Progress look();

  /**
   * Has a listener called after each change, on any thread; it returns quickly.
   *
   * @return ends that; a repeat does nothing
   */
  Runnable watch(Runnable listener);

  /**
   * Work of this server, which tells of its changes itself.
   *
   * @param look the present state
   */
  static Work of(Supplier<Progress> look, Watchable changes) {
    return new Work() {
      @Override
      public Progress look() {
        return look.get();
      }

      @Override
      public Runnable watch(Runnable listener) {
        return changes.watch(listener);
      }
    };
  }

  /** What tells of its changes. */
  @FunctionalInterface
  interface Watchable {

    /** As {@link Work#watch}. */
    Runnable watch(Runnable listener);
  }
}
