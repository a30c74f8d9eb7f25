package dev.keysmith.core.station;

import java.util.function.Consumer;

/**
 * The WebSocket of one connection, as the server uses it. All are called on any thread, return at
 * once and do not throw.
 *
 * @param frames sends a frame after those that were sent before; a station that does not read is
 *     cut off
 * @param ping asks for a sign of life, after the frames before
 * @param end closes the connection once the frames before are sent; a repeat does nothing
 */
public record LinkSocket(Consumer<byte[]> frames, Runnable ping, Runnable end) {

  void send(byte[] frame) {
    frames.accept(frame);
  }

  void close() {
    end.run();
  }
}
