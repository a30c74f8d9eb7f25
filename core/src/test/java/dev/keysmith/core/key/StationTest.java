package dev.keysmith.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StationTest {

  private static final KeyDescriptor KEY =
      new KeyDescriptor("1", "Key", "port 1", Optional.empty());

  private boolean closed;

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
        Stations.with(
            Stations.factory("uncreated", StationTest::breaks),
            Stations.factory(
                "throwing",
                () ->
                    transport(
                        () -> {
                          throw new IllegalStateException("a secret");
                        },
                        () -> {})),
            Stations.factory("works", () -> transport(() -> List.of(KEY), () -> {})));

    Station.Look look = station.look();

    assertThat(look.keys()).containsExactly(new PluggedKey("works", KEY));
    assertThat(look.problems()).containsOnlyKeys("uncreated", "throwing");
    assertThat(look.problems().values())
        .allSatisfy(each -> assertThat(each).contains("Report it").doesNotContain("ecret"));
  }

  @Test
  void closesTheOtherTransportsIfOneCannotBeClosed() {
    Station station =
        Stations.with(
            Stations.factory("broken", () -> transport(List::of, StationTest::breaks)),
            Stations.factory("works", () -> transport(List::of, () -> closed = true)));
    station.look();

    assertThatCode(station::close).doesNotThrowAnyException();
    assertThat(closed).isTrue();
  }
}
