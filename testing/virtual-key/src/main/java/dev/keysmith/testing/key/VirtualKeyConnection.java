package dev.keysmith.testing.key;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.message.CtapStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** An open virtual key. */
final class VirtualKeyConnection implements KeyConnection {

  private final VirtualKey key;
  private final Clock clock;
  private final Consumer<VirtualKeyConnection> onClose;
  private final int powerCycle;
  private volatile boolean closed;

  VirtualKeyConnection(VirtualKey key, Clock clock, Consumer<VirtualKeyConnection> onClose) {
    this.key = key;
    this.clock = clock;
    this.onClose = onClose;
    this.powerCycle = key.powerCycle();
  }

  @Override
  public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
    checkOpen();
    Instant deadline = clock.instant().plus(timeout);
    boolean[] timedOut = new boolean[1];
    byte[] response =
        key.exchange(
            request,
            status -> {
              listener.onKeepAlive(status);
              if (clock.instant().isAfter(deadline)) {
                timedOut[0] = true;
                key.cancel();
              }
            });
    checkOpen();
    if (timedOut[0] && response[0] == CtapStatus.KEEPALIVE_CANCEL.code()) {
      throw new PluginException(
          PluginException.Reason.TIMED_OUT,
          "The security key did not answer within "
              + timeout
              + ". Touch it when it blinks, and begin again.");
    }
    return response;
  }

  @Override
  public void cancel() {
    if (alive()) {
      key.cancel();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      cancel();
      closed = true;
      onClose.accept(this);
    }
  }

  /** Whether it is open, and the key was not pulled out since. */
  boolean alive() {
    return !closed && key.plugged() && key.powerCycle() == powerCycle;
  }

  private void checkOpen() {
    if (!alive()) {
      throw new PluginException(
          PluginException.Reason.KEY_ABSENT,
          "The security key was pulled out, or the connection closed. Open it again.");
    }
  }
}
