package dev.keysmith.station.desk;

import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The keys that are just being given back.
 *
 * <p>The server may close a key and open it again at once, perhaps from another of its nodes; the
 * second call must not meet the first.
 */
final class ClosingKeys {

  /** A key that takes longer than this is told to be busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Map<String, CountDownLatch> closing = new ConcurrentHashMap<>();

  void await(String key) throws InterruptedException {
    CountDownLatch latch = closing.get(key);
    if (latch != null) {
      // Whether it was closed in time is for the transport to say.
      boolean ignored = latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  KeyConnection noteWhenClosed(String key, KeyConnection connection) {
    AtomicBoolean closed = new AtomicBoolean();
    return new KeyConnection() {
      @Override
      public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
        return connection.exchange(request, timeout, listener);
      }

      @Override
      public void cancel() {
        connection.cancel();
      }

      @Override
      public void close() {
        if (closed.getAndSet(true)) {
          return;
        }
        CountDownLatch latch = new CountDownLatch(1);
        closing.put(key, latch);
        try {
          connection.close();
        } finally {
          latch.countDown();
          closing.remove(key, latch);
        }
      }
    };
  }
}
