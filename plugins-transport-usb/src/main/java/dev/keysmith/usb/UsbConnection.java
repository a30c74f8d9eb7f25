package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/** A security key that is open over any {@link PacketPipe}. */
public final class UsbConnection implements KeyConnection {

  private static final Duration LAST_EXCHANGE = Duration.ofSeconds(1);

  private final PacketPipe pipe;
  private final CtapHid hid;
  private final Runnable whenClosed;
  private final AtomicBoolean closed = new AtomicBoolean();

  private UsbConnection(PacketPipe pipe, CtapHid hid, Runnable whenClosed) {
    this.pipe = pipe;
    this.hid = hid;
    this.whenClosed = whenClosed;
  }

  /**
   * Shakes hands with the key at the other end of a pipe, which belongs to the connection from now
   * on: it is closed with it, or at once if the key does not answer.
   *
   * @param pipe to the key
   * @param random for the nonces of CTAPHID_INIT
   * @param whenClosed run once, after the pipe is closed; not if this call fails
   * @throws PluginException {@code REJECTED} if the key has no FIDO2; {@code KEY_BUSY}, {@code
   *     KEY_ABSENT} or {@code UNAVAILABLE} if it does not answer
   */
  public static UsbConnection open(PacketPipe pipe, RandomGenerator random, Runnable whenClosed) {
    return open(pipe, random, Timeouts.USUAL, whenClosed);
  }

  static UsbConnection open(
      PacketPipe pipe, RandomGenerator random, Timeouts patience, Runnable whenClosed) {
    boolean open = false;
    try {
      CtapHid hid = new CtapHid(pipe, random, patience);
      UsbConnection connection = new UsbConnection(pipe, hid, whenClosed);
      open = true;
      return connection;
    } finally {
      if (!open) {
        pipe.close();
      }
    }
  }

  @Override
  public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("The timeout must be more than zero: " + timeout);
    }
    if (closed.get()) {
      throw new PluginException(
          Reason.KEY_ABSENT, "The connection to the security key is closed. Open it again.");
    }
    return hid.exchange(request, timeout, listener);
  }

  @Override
  public void cancel() {
    if (!closed.get()) {
      try {
        hid.cancel();
      } catch (PluginException e) {
        // The key is gone or does not listen, which the exchange under way reports.
      }
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        endExchange();
      } finally {
        closePipe();
      }
    }
  }

  private void closePipe() {
    try {
      pipe.close();
    } finally {
      whenClosed.run();
    }
  }

  private void endExchange() {
    try {
      hid.cancel();
      hid.awaitEnd(Deadline.in(LAST_EXCHANGE));
    } catch (PluginException e) {
      // The key is gone or does not listen; the pipe is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
