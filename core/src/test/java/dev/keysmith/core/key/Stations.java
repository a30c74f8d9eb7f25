package dev.keysmith.core.key;

import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.plugin.guard.Guards;
import dev.keysmith.spi.MovableClock;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginFactory;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Stations with the transports that a test gives them. */
final class Stations {

  /** Long enough for what returns at once, on a machine under load. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** As good as at once. */
  private static final Duration RETRY = Duration.ofMillis(1);

  private Stations() {}

  static Station with(KeyTransportFactory... factories) {
    return within(LIMIT, factories);
  }

  /** As above, where each call of a transport may take so long. */
  static Station within(Duration limit, KeyTransportFactory... factories) {
    Station station =
        new Station() {
          @Override
          Stream<KeyTransportFactory> builtIn() {
            return Stream.empty();
          }
        };
    station.rule = (key, audience, user) -> Optional.empty();
    List<KeyTransportFactory> guarded =
        Stream.of(factories).map(factory -> Guards.guarded(factory, limit)).toList();
    station.clock = new MovableClock();
    station.waits = new Port.Waits(limit, RETRY);
    station.plugins =
        new Plugins() {
          @Override
          public List<KeyTransportFactory> keyTransports() {
            return guarded;
          }

          @Override
          public PluginContext configured(PluginFactory<?> factory) {
            return context(Map.of(), Map.of());
          }
        };
    return station;
  }

  /** A station that shows soon what there is without the transports that never come back. */
  static Station patientFor(Duration answer, KeyTransportFactory... factories) {
    Station station = within(Duration.ofDays(1), factories);
    station.waits = new Port.Waits(answer, RETRY);
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
