package dev.keysmith.core.key;

import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A key transport that is installed.
 *
 * @param transport makes it at the first use, and makes it anew if that has failed
 */
record Port(KeyTransportFactory factory, Supplier<KeyTransport> transport) {

  String name() {
    return factory.name();
  }

  /**
   * How long is waited for transports.
   *
   * @param answer for all together, before those that have answered are shown without the others
   * @param retry before a transport that cannot be watched is tried again
   */
  record Waits(Duration answer, Duration retry) {

    static final Waits STANDARD = new Waits(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }
}
