package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps what a key has sent until somebody reads it. */
final class PacketQueue {

  /** Twice the longest message; a key that floods us loses its oldest packets. */
  private static final int MOST = 260;

  private static final byte[] NONE = new byte[0];

  private final Deque<byte[]> packets = new ArrayDeque<>();
  private @Nullable Supplier<PluginException> end;

  synchronized void add(byte[] packet) {
    if (packets.size() == MOST) {
      packets.removeFirst();
    }
    packets.addLast(packet);
    notifyAll();
  }

  /** Nothing comes any more; readers get the exception once they have read what is there. */
  synchronized void end(Supplier<PluginException> why) {
    if (end == null) {
      end = why;
      notifyAll();
    }
  }

  /** As {@link PacketPipe#read}. */
  synchronized byte[] take(Duration timeout) {
    Deadline deadline = Deadline.in(timeout);
    while (packets.isEmpty()) {
      if (end != null) {
        throw end.get();
      }
      if (deadline.passed()) {
        return NONE;
      }
      await(deadline);
    }
    return packets.removeFirst();
  }

  private void await(Deadline deadline) {
    try {
      wait(1 + deadline.remaining(Duration.ofHours(1)).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException(
          Reason.UNAVAILABLE, "Waiting for the security key was interrupted. Try again.");
    }
  }
}
