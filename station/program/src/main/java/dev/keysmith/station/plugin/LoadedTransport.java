package dev.keysmith.station.plugin;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyTransport;
import java.util.Optional;

/**
 * A key transport, or why there is none.
 *
 * @param name of its plugin
 * @param transport empty if there is a problem
 * @param problem why it cannot be used
 */
public record LoadedTransport(
    String name, Optional<KeyTransport> transport, Optional<PluginException> problem) {

  static LoadedTransport of(String name, KeyTransport transport) {
    return new LoadedTransport(name, Optional.of(transport), Optional.empty());
  }

  static LoadedTransport broken(String name, PluginException problem) {
    return new LoadedTransport(name, Optional.empty(), Optional.of(problem));
  }
}
