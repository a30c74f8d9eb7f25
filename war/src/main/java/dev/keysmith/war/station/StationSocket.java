package dev.keysmith.war.station;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends frames one after the other without waiting for them. A station that reads more slowly than
 * it is sent to is cut off.
 */
final class StationSocket {

  private static final Logger LOG = System.getLogger(StationSocket.class.getName());

  private static final int MOST_WAITING = 256;
  private static final long SEND_MILLIS = 10_000;

  /** Stands in the queue for a ping; no frame is empty. */
  private static final byte[] PING = new byte[0];

  private final Session session;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private boolean sending;
  private boolean closing;

  StationSocket(Session session) {
    this.session = session;
    session.getAsyncRemote().setSendTimeout(SEND_MILLIS);
  }

  /** Sends a frame after those before. */
  void send(byte[] frame) {
    synchronized (this) {
      if (closing) {
        return;
      }
      if (waiting.size() >= MOST_WAITING) {
        waiting.clear();
        closing = true;
        sending = false;
      } else {
        waiting.add(frame);
      }
      if (sending) {
        return;
      }
      sending = true;
    }
    sendNext();
  }

  /** Asks for a pong, in its turn. */
  void ping() {
    send(PING);
  }

  /** Closes the connection once all is sent. */
  void close() {
    synchronized (this) {
      closing = true;
      if (sending) {
        return;
      }
      sending = true;
    }
    sendNext();
  }

  /** Called by the one thread that has set {@code sending}, or when the frame before is sent. */
  private void sendNext() {
    byte[] next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null && !closing) {
        sending = false;
        return;
      }
    }
    if (next == null) {
      closeSession();
      return;
    }
    try {
      if (next == PING) {
        session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        sendNext();
      } else {
        session.getAsyncRemote().sendBinary(ByteBuffer.wrap(next), this::sent);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "The connection of a station has ended while it was sent to", e);
      closeSession();
    }
  }

  private void sent(SendResult result) {
    if (result.isOK()) {
      sendNext();
    } else {
      closeSession();
    }
  }

  private void closeSession() {
    synchronized (this) {
      closing = true;
      waiting.clear();
    }
    try {
      session.close(new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, ""));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "The connection of a station had ended already", e);
    }
  }
}
