package dev.keysmith.testing.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An exchange under way on another thread. */
final class Waiting {

  private static final Duration LONG = Duration.ofSeconds(50);

  private final CountDownLatch touchNeeded = new CountDownLatch(1);
  private final CompletableFuture<byte[]> response;

  private Waiting(KeyConnection connection, byte[] request) {
    response =
        CompletableFuture.supplyAsync(
            () -> connection.exchange(request, LONG, this::onKeepAlive),
            task -> new Thread(task).start());
  }

  static Waiting on(KeyConnection connection, byte[] request) {
    return new Waiting(connection, request);
  }

  private void onKeepAlive(KeepAliveListener.Status status) {
    if (status == KeepAliveListener.Status.USER_PRESENCE_NEEDED) {
      touchNeeded.countDown();
    }
  }

  /** Waits until the key asks for a touch. */
  void awaitTouchNeeded() {
    await(touchNeeded);
  }

  /** Waits for something that happens on another thread. */
  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("What was waited for did not happen.");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean over() {
    return response.isDone();
  }

  /**
   * Waits for the end.
   *
   * @throws PluginException if the exchange ends with one
   */
  byte[] response() {
    return result(response);
  }

  /** What comes of something on another thread; its exception if it ends with one. */
  static <T> T result(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PluginException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
