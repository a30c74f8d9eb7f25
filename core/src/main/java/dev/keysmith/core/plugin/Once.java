package dev.keysmith.core.plugin;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What a plugin makes at its first use. The first caller makes it, and others wait for it; no lock
 * is held meanwhile, so that a plugin that hangs, or ends the process, stops nothing else.
 *
 * @param <T> what it makes
 */
public final class Once<T> {

  private final FutureTask<T> task;

  /**
   * @param maker called once, within a time limit of its own
   */
  public Once(Callable<T> maker) {
    task = new FutureTask<>(maker);
  }

  /** Makes it, or returns what was made; throws what the maker threw. */
  public T get() {
    task.run();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException(Reason.UNAVAILABLE, "The server stops waiting. Try again.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** What was made; empty as long as it is not there, or if it failed. Waits for nothing. */
  public Optional<T> made() {
    try {
      return task.isDone() ? Optional.of(task.get()) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.empty();
    }
  }
}
