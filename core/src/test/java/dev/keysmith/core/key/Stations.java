package dev.keysmith.core.key;

import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginFactory;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Stations with the transports that a test gives them. */
final class Stations {

  private Stations() {}

  static Station with(KeyTransportFactory... factories) {
    Station station = new Station();
    station.plugins =
        new Plugins() {
          @Override
          public synchronized List<KeyTransportFactory> keyTransports() {
            return List.of(factories);
          }

          @Override
          public PluginContext configured(PluginFactory<?> factory) {
            return context(Map.of(), Map.of());
          }
        };
    return station;
  }

  static KeyTransportFactory factory(String name, Supplier<KeyTransport> transport) {
    return new KeyTransportFactory() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String label() {
        return name;
      }

      @Override
      public List<Setting> settings() {
        return List.of();
      }

      @Override
      public KeyTransport create(PluginContext context) {
        return transport.get();
      }
    };
  }
}
