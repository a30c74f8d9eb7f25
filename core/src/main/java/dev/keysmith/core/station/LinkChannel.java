package dev.keysmith.core.station;

import dev.keysmith.station.link.Frame;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One key that is opened at a station: the frames that have come for it. One thread waits for them;
 * others deliver.
 */
final class LinkChannel {

  /** A station that sends more than its key's thread takes loses signs of life, then the line. */
  private static final int MOST_WAITING = 32;

  private final int number;
  private final LinkedBlockingQueue<Frame> frames = new LinkedBlockingQueue<>(MOST_WAITING);
  private final AtomicInteger serial = new AtomicInteger();
  private volatile boolean cut;

  LinkChannel(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Begins an exchange: what came for an earlier one is dropped. */
  int nextSerial() {
    frames.clear();
    return serial.incrementAndGet();
  }

  /** Whether there was room. */
  boolean deliver(Frame frame) {
    return frames.offer(frame) || frame instanceof Frame.KeepAlive;
  }

  /** The line is cut: nothing comes any more. */
  void cut() {
    cut = true;
    // Wakes the thread that waits; if there is no room it has a frame to wake for anyway.
    frames.offer(new Frame.Close(number));
  }

  boolean isCut() {
    return cut;
  }

  /** The next frame; null if none came in time. */
  @Nullable Frame next(Duration timeout) throws InterruptedException {
    return frames.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
