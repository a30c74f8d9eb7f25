package dev.keysmith.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.HeardKeys;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchContract;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.bench.VirtualKeyBench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrival and removal of keys on the bench of another process. */
class BenchWatchTest extends KeyWatchContract {

  @TempDir Path directory;
  private final Deque<String> keys = new ArrayDeque<>();
  private VirtualKeyBench bench;
  private KeyTransport transport;

  @BeforeEach
  void startBench() throws IOException {
    bench = new VirtualKeyBench(directory, 0, VirtualKey::builder);
    transport =
        new BenchTransport(
            new Bench(LoopbackAddress.parse("127.0.0.1:" + bench.port())), new Random(1));
  }

  @AfterEach
  void stopBench() throws IOException {
    transport.close();
    bench.close();
  }

  @Override
  protected KeyTransport transport() {
    return transport;
  }

  @Override
  protected void plugIn() {
    keys.push(bench.create(VirtualKey.builder()));
  }

  @Override
  protected void pullOut() {
    bench.key(keys.pop()).unplug();
  }

  @Test
  void tellsThatPracticeModeHasEnded() throws IOException {
    HeardKeys heard = new HeardKeys();
    try (KeyWatch watch = transport.watch(heard)) {
      assertThat(heard.nextKeys()).isEmpty();
      bench.close();
      assertThat(heard.nextProblem())
          .hasMessageContaining("practice bench")
          .extracting(PluginException::reason)
          .isEqualTo(Reason.UNAVAILABLE);
      assertThat(watch).isNotNull();
    }
  }
}
