package dev.keysmith.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.bench.VirtualKeyBench;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bench that practice mode starts, with whole keys on it. */
@Timeout(60)
class VirtualKeysOnTheBenchTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final byte[] GET_INFO = {0x04};
  private static final byte[] SELECTION = {0x0B};

  @TempDir Path directory;
  private VirtualKeyBench bench;
  private KeyTransport transport;
  private String id;

  @BeforeEach
  void startBench() throws IOException {
    bench = new VirtualKeyBench(directory, 0, VirtualKey::builder);
    id = bench.create(VirtualKey.builder().product("Practice key").serialNumber("42"));
    transport =
        new BenchTransport(
            new Bench(LoopbackAddress.parse("127.0.0.1:" + bench.port())), new Random(1));
  }

  @AfterEach
  void stopBench() throws IOException {
    transport.close();
    bench.close();
  }

  private static void assertWorks(KeyConnection key) {
    assertThat(key.exchange(GET_INFO, LONG, KeepAliveListener.NONE)).startsWith(0);
  }

  @Test
  void listsKeysAndTheirUnplugging() {
    assertThat(transport.listKeys())
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.id()).isEqualTo(id);
              assertThat(key.product()).isEqualTo("Practice key");
              assertThat(key.serialNumber()).contains("42");
            });
    try (KeyConnection open = transport.open(id)) {
      assertWorks(open);
      assertThat(transport.listKeys()).extracting(KeyDescriptor::id).containsExactly(id);
    }
    bench.key(id).unplug();
    assertThat(transport.listKeys()).isEmpty();
  }

  @Test
  void opensAKeyAgainAtOnce() {
    for (int i = 0; i < 5; i++) {
      try (KeyConnection key = transport.open(id)) {
        assertWorks(key);
      }
    }
  }

  @Test
  void waitsForATouchAndCancelsWhatNobodyTouches() {
    bench.key(id).touchPolicy(TouchPolicy.byHand());
    KeyConnection key = transport.open(id);
    byte[] touched = key.exchange(SELECTION, LONG, status -> bench.key(id).touch());
    assertThat(touched).containsExactly(0);
    bench.key(id).touchPolicy(TouchPolicy.never());
    byte[] cancelled = key.exchange(SELECTION, LONG, status -> key.cancel());
    assertThat(cancelled).containsExactly(0x2D);
    assertWorks(key);
  }

  @Test
  void noticesThatTheKeyIsPulledOutAndFindsItAgain() {
    bench.key(id).touchPolicy(TouchPolicy.never());
    KeyConnection key = transport.open(id);
    PluginException gone =
        catchThrowableOfType(
            PluginException.class,
            () -> key.exchange(SELECTION, LONG, status -> bench.key(id).unplug()));
    assertThat(gone.reason()).isEqualTo(Reason.KEY_ABSENT);
    key.close();
    bench.key(id).plugIn();
    assertWorks(transport.open(id));
  }
}
