package dev.keysmith.pcsc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The thread that makes every call to one card, one after the other: PC/SC cannot be interrupted,
 * and a card that does not answer must not hold the caller.
 */
final class CardThread {

  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "pcsc-card");
            thread.setDaemon(true);
            return thread;
          });

  <T> CompletableFuture<T> begin(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, executor);
  }

  /** Runs what comes last, after all that has begun; the thread ends with it. */
  void finish(Runnable work) {
    executor.execute(work);
    executor.shutdown();
  }

  /**
   * Waits for a result.
   *
   * @return empty if it did not come in time, or the waiting thread was interrupted
   */
  static <T> Optional<T> await(Future<T> result, Duration timeout) {
    try {
      return Optional.ofNullable(
          result.get(Math.max(1, Deadline.in(timeout).remainingNanos()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw cause(e.getCause());
    } catch (CompletionException e) {
      throw cause(e.getCause());
    }
  }

  private static RuntimeException cause(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }
}
