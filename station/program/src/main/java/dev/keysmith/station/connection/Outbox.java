package dev.keysmith.station.connection;

import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Frames;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Frames on their way to the server: one after the other, and not without bound. */
final class Outbox {

  /** The channels' answers, and some signs of life of each; a server that reads needs far less. */
  private static final int MOST = 4 * Channels.MOST;

  private final Runnable overflow;
  private final Queue<Frame.FromStation> queue = new ArrayDeque<>();
  private @Nullable WebSocket socket;
  private Frame.@Nullable Keys keys;
  private boolean sending;
  private boolean closed;

  /**
   * Empty.
   *
   * @param overflow called when the server does not read
   */
  Outbox(Runnable overflow) {
    this.overflow = overflow;
  }

  synchronized void open(WebSocket opened) {
    socket = opened;
  }

  /** Sends a frame after those before it. A newer list of keys takes the place of an older. */
  void send(Frame.FromStation frame) {
    boolean full = false;
    synchronized (this) {
      if (closed) {
        return;
      }
      if (frame instanceof Frame.Keys list) {
        keys = list;
      } else if (queue.size() == MOST) {
        full = true;
      } else {
        queue.add(frame);
      }
      if (!full) {
        sendNext();
      }
    }
    if (full) {
      overflow.run();
    }
  }

  private synchronized void sendNext() {
    WebSocket to = socket;
    if (sending || closed || to == null) {
      return;
    }
    Frame next = queue.poll();
    if (next == null) {
      next = keys;
      keys = null;
    }
    if (next != null) {
      sending = true;
      to.sendBinary(ByteBuffer.wrap(Frames.encode(next)), true)
          .whenComplete((sent, fault) -> sent());
    }
  }

  /** A fault ends the connection, which the listener of the socket is told. */
  private synchronized void sent() {
    sending = false;
    sendNext();
  }

  /** Drops what was not sent, and takes nothing more. */
  synchronized void close() {
    closed = true;
    queue.clear();
    keys = null;
  }
}
