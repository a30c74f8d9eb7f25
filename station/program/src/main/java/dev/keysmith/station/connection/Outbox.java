package dev.keysmith.station.connection;

import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Frames;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Frames on their way to the server: one after the other, and not without bound. */
final class Outbox {

  /** The channels' answers, and some signs of life of each; a server that reads needs far less. */
  private static final int MOST = 4 * Channels.MOST;

  private final Supplier<Frame.Keys> keys;
  private final Runnable overflow;
  private final Queue<Frame.FromStation> queue = new ArrayDeque<>();
  private @Nullable WebSocket socket;
  private boolean keysChanged;
  private boolean sending;
  private boolean closed;

  /**
   * Empty.
   *
   * @param keys what is plugged in now
   * @param overflow called when the server does not read
   */
  Outbox(Supplier<Frame.Keys> keys, Runnable overflow) {
    this.keys = keys;
    this.overflow = overflow;
  }

  synchronized void open(WebSocket opened) {
    socket = opened;
  }

  /** Sends what is plugged in, as it is when its turn comes: one list for several changes. */
  synchronized void sendKeys() {
    keysChanged = true;
    sendNext();
  }

  /** Sends a frame after those before it. */
  void send(Frame.FromStation frame) {
    boolean full;
    synchronized (this) {
      if (closed) {
        return;
      }
      full = queue.size() == MOST;
      if (!full) {
        queue.add(frame);
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
    if (next == null && keysChanged) {
      next = keys.get();
      keysChanged = false;
    }
    if (next != null) {
      ByteBuffer message = ByteBuffer.wrap(Frames.encode(next));
      sending = true;
      to.sendBinary(message, true).whenComplete((sent, fault) -> sent());
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
  }
}
