package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a key has sent until it is read.
 *
 * <p>Packets arrive only while a reader waits: the reader has the system ask for them.
 */
final class PacketQueue {

  /** Twice the longest message; a key that floods us loses its oldest packets. */
  private static final int MOST = 260;

  /** How often a reader looks whether it has been interrupted, which does not end the asking. */
  private static final Duration SLICE = Duration.ofMillis(100);

  private static final byte[] NONE = new byte[0];

  private final Source source;
  private final Deque<byte[]> packets = new ArrayDeque<>();
  private @Nullable Supplier<PluginException> end;

  PacketQueue(Source source) {
    this.source = source;
  }

  /** The source of the packets. */
  interface Source {

    /**
     * Adds what has come to the queue; if nothing has, waits for it.
     *
     * @param atMost how long to wait; zero to add only what is there
     */
    void await(Duration atMost);
  }

  synchronized void add(byte[] packet) {
    if (packets.size() == MOST) {
      packets.removeFirst();
    }
    packets.addLast(packet);
  }

  /** Nothing comes any more; readers get the exception once they have read what is there. */
  synchronized void end(Supplier<PluginException> why) {
    if (end == null) {
      end = why;
    }
  }

  /** As {@link PacketPipe#read}. */
  byte[] take(Duration timeout) {
    Deadline deadline = Deadline.in(timeout);
    Optional<byte[]> packet = next();
    for (boolean last = false; packet.isEmpty() && !last; packet = next()) {
      requireNotInterrupted();
      last = deadline.passed();
      source.await(deadline.remaining(SLICE));
    }
    return packet.orElse(NONE);
  }

  private synchronized Optional<byte[]> next() {
    if (packets.isEmpty() && end != null) {
      throw end.get();
    }
    return Optional.ofNullable(packets.pollFirst());
  }

  private static void requireNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new PluginException(
          Reason.UNAVAILABLE, "Waiting for the security key was interrupted. Try again.");
    }
  }
}
