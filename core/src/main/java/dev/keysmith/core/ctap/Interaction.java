package dev.keysmith.core.ctap;

import dev.keysmith.spi.key.KeepAliveListener;
import java.time.Duration;

/**
 * How long to wait for a key and its user, and who hears of its signs of life.
 *
 * @param timeout for one command
 * @param listener told, for instance, that the key waits for a touch
 */
public record Interaction(Duration timeout, KeepAliveListener listener) {

  /** For commands that need no touch; long enough for slow keys. */
  static final Interaction NONE = new Interaction(Duration.ofSeconds(30), KeepAliveListener.NONE);
}
