package dev.keysmith.pcsc;

import java.time.Duration;

/**
 * How long to wait for a key where no caller says it.
 *
 * @param opening how long it may take to be opened
 * @param cancelGrace how long it may take to end what was cancelled; less than a second (KEY-4)
 * @param keepAlivePause between two questions whether it has finished
 * @param probe how long a look waits for new cards to say what they are; less than half a second
 *     (KEY-1)
 */
record Timeouts(Duration opening, Duration cancelGrace, Duration keepAlivePause, Duration probe) {

  static final Timeouts USUAL =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofMillis(700),
          Duration.ofMillis(100),
          Duration.ofMillis(300));
}
