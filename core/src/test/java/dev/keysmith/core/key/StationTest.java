package dev.keysmith.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginFactory;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StationTest {

  private static final KeyDescriptor KEY =
      new KeyDescriptor("1", "Key", "port 1", Optional.empty());

  private boolean closed;

  private static Station with(KeyTransportFactory... factories) {
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

  private static KeyTransportFactory factory(String name, Supplier<KeyTransport> transport) {
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

  private static KeyTransport transport(Supplier<List<KeyDescriptor>> keys, Runnable closing) {
    return new KeyTransport() {
      @Override
      public List<KeyDescriptor> listKeys() {
        return keys.get();
      }

      @Override
      public KeyConnection open(String keyId) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {
        closing.run();
      }
    };
  }

  private static <T> T breaks() {
    throw new NoClassDefFoundError("org/example/Secret");
  }

  @Test
  void showsTheKeysOfTheOtherTransportsIfOneIsBroken() {
    Station station =
        with(
            factory("uncreated", StationTest::breaks),
            factory(
                "throwing",
                () ->
                    transport(
                        () -> {
                          throw new IllegalStateException("a secret");
                        },
                        () -> {})),
            factory("works", () -> transport(() -> List.of(KEY), () -> {})));

    Station.Look look = station.look();

    assertThat(look.keys()).containsExactly(new PluggedKey("works", KEY));
    assertThat(look.problems()).containsOnlyKeys("uncreated", "throwing");
    assertThat(look.problems().values())
        .allSatisfy(each -> assertThat(each).contains("Report it").doesNotContain("ecret"));
  }

  @Test
  void closesTheOtherTransportsIfOneCannotBeClosed() {
    Station station =
        with(
            factory("broken", () -> transport(List::of, StationTest::breaks)),
            factory("works", () -> transport(List::of, () -> closed = true)));
    station.look();

    assertThatCode(station::close).doesNotThrowAnyException();
    assertThat(closed).isTrue();
  }
}
