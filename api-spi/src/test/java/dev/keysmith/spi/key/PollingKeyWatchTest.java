package dev.keysmith.spi.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The watch that a transport has which writes none of its own. */
class PollingKeyWatchTest extends KeyWatchContract {

  private static final Duration PAUSE = Duration.ofMillis(1);

  private final List<KeyDescriptor> plugged = new CopyOnWriteArrayList<>();
  private final KeyTransport transport = new FakeTransport();
  private final HeardKeys heard = new HeardKeys();
  private int plugs;

  /** Keys on a list. */
  private final class FakeTransport implements KeyTransport {

    @Override
    public List<KeyDescriptor> listKeys() {
      return new ArrayList<>(plugged);
    }

    @Override
    public KeyConnection open(String keyId) {
      return new KeyConnection() {
        @Override
        public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  @Override
  protected KeyTransport transport() {
    return transport;
  }

  @Override
  protected void plugIn() {
    plugged.add(key(Integer.toString(++plugs)));
  }

  @Override
  protected void pullOut() {
    plugged.remove(plugged.size() - 1);
  }

  private static KeyDescriptor key(String id) {
    return new KeyDescriptor(id, "Key", "port " + id, Optional.empty());
  }

  /** One outcome for each look; when there is none left, the last is repeated. */
  private static Supplier<List<KeyDescriptor>> looks(List<Supplier<List<KeyDescriptor>>> outcomes) {
    LinkedBlockingQueue<Supplier<List<KeyDescriptor>>> rest = new LinkedBlockingQueue<>(outcomes);
    return () -> (rest.size() > 1 ? rest.remove() : rest.element()).get();
  }

  private static Supplier<List<KeyDescriptor>> finds(String... ids) {
    return () -> List.of(ids).stream().map(PollingKeyWatchTest::key).toList();
  }

  private static Supplier<List<KeyDescriptor>> fails(String message) {
    return () -> {
      throw new PluginException(Reason.MISCONFIGURED, message);
    };
  }

  @Test
  void tellsNothingTwice() {
    Supplier<List<KeyDescriptor>> look =
        looks(
            List.of(
                finds(),
                finds(),
                finds("1"),
                finds("1"),
                fails("No."),
                fails("No."),
                finds("1"),
                finds("1"),
                finds("2", "1")));
    try (KeyWatch watch = KeyWatch.polling(look, PAUSE, heard)) {
      assertThat(heard.nextKeys()).isEmpty();
      assertThat(heard.nextKeys()).containsExactly(key("1"));
      assertThat(heard.nextProblem()).hasMessage("No.");
      assertThat(heard.nextKeys()).containsExactly(key("1"));
      assertThat(heard.nextKeys()).containsExactly(key("2"), key("1"));
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void goesOnAfterAnErrorOfTheTransportAndOfTheListener() {
    Supplier<List<KeyDescriptor>> look =
        looks(
            List.of(
                () -> {
                  throw new StackOverflowError();
                },
                finds("1"),
                finds("1", "2")));
    KeyWatchListener failing =
        new KeyWatchListener() {
          @Override
          public void onKeys(List<KeyDescriptor> keys) {
            heard.onKeys(keys);
            throw new AssertionError("the listener's own fault");
          }

          @Override
          public void onProblem(PluginException problem) {
            heard.onProblem(problem);
          }
        };
    try (KeyWatch watch = KeyWatch.polling(look, PAUSE, failing)) {
      assertThat(heard.nextProblem()).hasMessageContaining("StackOverflowError");
      assertThat(heard.nextKeys()).containsExactly(key("1"));
      assertThat(heard.nextKeys()).containsExactly(key("1"), key("2"));
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void tellsOfEachOtherProblemAndThatItIsOver() {
    Supplier<List<KeyDescriptor>> look = looks(List.of(fails("One."), fails("Another."), finds()));
    try (KeyWatch watch = KeyWatch.polling(look, PAUSE, heard)) {
      assertThat(heard.nextProblem()).hasMessage("One.");
      assertThat(heard.nextProblem()).hasMessage("Another.");
      assertThat(heard.nextKeys()).isEmpty();
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void tellsInWordsOfATransportThatIsBroken() {
    Supplier<List<KeyDescriptor>> look =
        looks(
            List.of(
                () -> {
                  throw new NoClassDefFoundError("org/example/Secret");
                },
                finds("1")));
    try (KeyWatch watch = KeyWatch.polling(look, PAUSE, heard)) {
      assertThat(heard.nextProblem())
          .hasMessageContaining("NoClassDefFoundError")
          .hasMessageNotContaining("Secret")
          .extracting(PluginException::reason)
          .isEqualTo(Reason.UNAVAILABLE);
      assertThat(heard.nextKeys()).hasSize(1);
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void looksOnAfterItsThreadWasInterrupted() {
    Supplier<List<KeyDescriptor>> look =
        looks(
            List.of(
                () -> {
                  Thread.currentThread().interrupt();
                  return List.of();
                },
                finds("1")));
    try (KeyWatch watch = KeyWatch.polling(look, PAUSE, heard)) {
      assertThat(heard.nextKeys()).isEmpty();
      assertThat(heard.nextKeys()).hasSize(1);
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void refusesPausesThatWouldBeLateOrNone() {
    for (Duration pause : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofMillis(501))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> KeyWatch.polling(List::of, pause, heard));
    }
  }
}
