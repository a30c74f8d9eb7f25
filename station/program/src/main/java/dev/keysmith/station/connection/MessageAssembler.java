package dev.keysmith.station.connection;

import dev.keysmith.station.link.Link;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Puts the parts of a WebSocket message together. */
final class MessageAssembler {

  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

  /**
   * Adds a part.
   *
   * @return the message, if this was its last part
   * @throws BreachException if it is longer than a frame may be
   */
  Optional<byte[]> add(ByteBuffer part, boolean last) {
    if (parts.size() + part.remaining() > Link.MOST_BYTES) {
      throw new BreachException("The server sent a message that is too long.");
    }
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    parts.writeBytes(bytes);
    if (!last) {
      return Optional.empty();
    }
    byte[] message = parts.toByteArray();
    parts.reset();
    return Optional.of(message);
  }
}
