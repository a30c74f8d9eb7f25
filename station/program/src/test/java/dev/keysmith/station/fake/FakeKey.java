package dev.keysmith.station.fake;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An open key by its request's first byte: 1 is answered at once, 2 waits for a touch, 3 breaks the
 * plugin's contract, 4 gives signs of life and is answered, 5 is answered when the test says.
 */
public final class FakeKey implements KeyConnection {

  private static final byte[] CANCELLED = {0x2d};

  private final Runnable whenClosed;
  private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean exchanging;
  private int requests;

  FakeKey(Runnable whenClosed) {
    this.whenClosed = whenClosed;
  }

  @Override
  public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
    requests++;
    exchanging = true;
    try {
      switch (request[0]) {
        case 1:
          return new byte[] {0, request[1]};
        case 3:
          throw new IllegalStateException("The plugin is broken.");
        case 4:
          for (int i = 0; i < 100; i++) {
            listener.onKeepAlive(KeepAliveListener.Status.PROCESSING);
          }
          listener.onKeepAlive(KeepAliveListener.Status.USER_PRESENCE_NEEDED);
          return new byte[] {0};
        default:
          listener.onKeepAlive(KeepAliveListener.Status.USER_PRESENCE_NEEDED);
          return answer();
      }
    } finally {
      exchanging = false;
    }
  }

  private byte[] answer() {
    try {
      byte[] answer = answers.poll(FakeServer.PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer == null || answer.length == 0) {
        throw new PluginException(Reason.KEY_ABSENT, "The connection is closed.");
      }
      return answer;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public void answer(byte[] response) {
    answers.add(response);
  }

  @Override
  public void cancel() {
    if (exchanging) {
      answers.add(CANCELLED);
    }
  }

  @Override
  public void close() {
    answers.add(new byte[0]);
    whenClosed.run();
    closed.countDown();
  }

  /** Waits until it was given back. */
  public void awaitClosed() throws InterruptedException {
    if (!closed.await(FakeServer.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The key was not given back.");
    }
  }
}
