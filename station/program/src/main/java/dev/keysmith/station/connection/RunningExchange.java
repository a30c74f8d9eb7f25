package dev.keysmith.station.connection;

import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.station.link.Frame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An exchange from its arrival to its answer.
 *
 * <p>A transport ignores a cancellation that comes before the exchange has reached it. So an
 * exchange that has not begun is not begun any more, and one that has just begun is cancelled again
 * until it ends.
 */
final class RunningExchange {

  private static final Logger LOG = System.getLogger(RunningExchange.class.getName());

  /** What a key answers to a request that was cancelled (CTAP 2.1, section 8.2). */
  private static final byte KEEPALIVE_CANCEL = 0x2d;

  private static final long PAUSE_MILLIS = 100;

  private final Frame.Exchange frame;
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean begun;
  private boolean cancelled;

  RunningExchange(Frame.Exchange frame) {
    this.frame = frame;
  }

  Frame.Exchange frame() {
    return frame;
  }

  /** False if it was cancelled before. */
  synchronized boolean begin() {
    begun = !cancelled;
    return begun;
  }

  Frame.Answer cancelledBefore() {
    return new Frame.Answer(frame.channel(), frame.serial(), new byte[] {KEEPALIVE_CANCEL});
  }

  /** Notes that it is cancelled; true if that needs {@link #cancel}, which one thread calls. */
  synchronized boolean noteCancelled() {
    boolean first = !cancelled;
    cancelled = true;
    return first && begun;
  }

  void cancel(KeyConnection key) {
    try {
      do {
        cancelOnce(key);
      } while (!over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "A plugin cannot cancel a request", e);
    }
  }

  /** Under the lock, so that no late call meets the next exchange. */
  private synchronized void cancelOnce(KeyConnection key) {
    if (over.getCount() > 0) {
      key.cancel();
    }
  }

  synchronized void end() {
    over.countDown();
  }
}
