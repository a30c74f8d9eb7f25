package dev.keysmith.core.plugin.guard;

import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An open key behind {@link ForeignCalls}. An exchange has its own timeout and a little more; once
 * it is cancelled, that little. A connection whose exchange hangs is not used again.
 */
final class GuardedKeyConnection implements KeyConnection {

  private final KeyConnection connection;
  private final ForeignCalls calls;
  private final Lane exchanges;

  GuardedKeyConnection(KeyConnection connection, ForeignCalls calls) {
    this.connection = connection;
    this.calls = calls;
    this.exchanges = new Lane(calls, "exchange");
  }

  @Override
  public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
    Duration limit = timeout.plus(calls.limits().end());
    Signs signs = new Signs(listener);
    try {
      return exchanges.call(limit, () -> connection.exchange(request, timeout, signs));
    } finally {
      signs.end();
    }
  }

  @Override
  public void cancel() {
    exchanges.hurry(calls.limits().end());
    calls.quietly("cancel", calls.limits().end(), connection::cancel);
  }

  @Override
  public void close() {
    exchanges.hurry(calls.limits().end());
    calls.quietly("close of a key", calls.limits().end(), connection::close);
  }

  /** Signs of life, until the caller waits no longer. */
  private static final class Signs implements KeepAliveListener {

    private final KeepAliveListener listener;
    private volatile boolean over;
    private volatile @Nullable Throwable failure;

    Signs(KeepAliveListener listener) {
      this.listener = listener;
    }

    @Override
    public void onKeepAlive(@Nullable Status status) {
      if (over || status == null) {
        return;
      }
      try {
        listener.onKeepAlive(status);
      } catch (RuntimeException | Error e) {
        failure = e;
        throw new ListenerFailure();
      }
    }

    /** What failed is the server's own, so its caller hears of it, whatever the plugin did. */
    void end() {
      over = true;
      Throwable thrown = failure;
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
