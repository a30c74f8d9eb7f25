package dev.keysmith.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BenchTransportTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private FakeBench bench;
  private KeyTransport transport;

  @BeforeEach
  void startBench() throws IOException {
    bench = new FakeBench();
    transport = transport(bench.address());
    bench.answers.put("OPEN k1", "OK");
  }

  @AfterEach
  void stopBench() {
    transport.close();
    bench.close();
  }

  private static KeyTransport transport(String address) {
    return new BenchTransportFactory().create(new Settings(address));
  }

  private static Reason reasonOf(Runnable call) {
    PluginException e = catchThrowableOfType(PluginException.class, call::run);
    assertThat(e).isNotNull();
    return e.reason();
  }

  private static byte[] ask(KeyConnection key, int... request) {
    byte[] bytes = new byte[request.length];
    for (int i = 0; i < request.length; i++) {
      bytes[i] = (byte) request[i];
    }
    return key.exchange(bytes, LONG, KeepAliveListener.NONE);
  }

  @Test
  void isFoundByTheServer() {
    assertThat(ServiceLoader.load(KeyTransportFactory.class))
        .extracting(KeyTransportFactory::name)
        .contains("bench", "usb");
  }

  @Test
  void listsTheKeysThatArePluggedIn() {
    bench.answers.put(
        "LIST",
        """
        [{"id":"k1","product":"Practice key","location":"slot 1","serial":"42","plugged":true},\
        {"id":"k2","product":"Other","location":"slot 2","serial":null,"plugged":true,"new":1},\
        {"id":"k3","product":"Drawer","location":"slot 3","plugged":false}]""");
    assertThat(transport.listKeys())
        .containsExactly(
            new KeyDescriptor("k1", "Practice key", "slot 1", Optional.of("42")),
            new KeyDescriptor("k2", "Other", "slot 2", Optional.empty()));
  }

  @Test
  void speaksCtapHidWithAKey() {
    try (KeyConnection key = transport.open("k1")) {
      assertThat(ask(key, 4, 5, 6)).containsExactly(4, 5, 6);
      assertThat(ask(key, 7)).containsExactly(7);
    }
  }

  @Test
  void opensAKeyForOneCallerAtATime() {
    KeyConnection key = transport.open("k1");
    assertThat(reasonOf(() -> transport.open("k1"))).isEqualTo(Reason.KEY_BUSY);
    key.close();
    transport.open("k1").close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"k2", "", "k1\nLIST"})
  void doesNotOpenAKeyThatIsNotThere(String id) {
    assertThat(reasonOf(() -> transport.open(id))).isEqualTo(Reason.KEY_ABSENT);
  }

  @Test
  void saysWhenAnotherProgramHasTheKey() {
    bench.answers.put("OPEN k1", "BUSY");
    assertThat(reasonOf(() -> transport.open("k1"))).isEqualTo(Reason.KEY_BUSY);
  }

  @Test
  void waitsForABenchThatHasNotLetGoOfTheKeyYet() {
    bench.answers.put("OPEN k1", "BUSY");
    bench.afterBusy = () -> bench.answers.put("OPEN k1", "OK");
    assertThat(ask(transport.open("k1"), 3)).containsExactly(3);
  }

  @Test
  void saysWhenTheBenchTalksNonsense() {
    bench.answers.put("OPEN k1", "HTTP/1.1 400");
    bench.answers.put("LIST", "<html>");
    assertThat(reasonOf(() -> transport.open("k1"))).isEqualTo(Reason.UNAVAILABLE);
    assertThat(reasonOf(transport::listKeys)).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void saysWhenTheBenchIsNotThere() {
    bench.close();
    assertThat(reasonOf(transport::listKeys)).isEqualTo(Reason.UNAVAILABLE);
    assertThat(reasonOf(() -> transport.open("k1"))).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void noticesThatTheKeyIsPulledOut() {
    KeyConnection key = transport.open("k1");
    assertThat(reasonOf(() -> ask(key, 0xEE))).isEqualTo(Reason.KEY_ABSENT);
    key.close();
    assertThat(ask(transport.open("k1"), 1)).containsExactly(1);
  }

  @Test
  void cancelsAnExchangeFromAnotherThread() throws Exception {
    KeyConnection key = transport.open("k1");
    CompletableFuture<byte[]> answer = CompletableFuture.supplyAsync(() -> ask(key, 0xDD));
    bench.asked.await();
    key.cancel();
    assertThat(answer.join()).containsExactly(0x2D);
    assertThat(ask(key, 9)).containsExactly(9);
  }

  @Test
  void closesItsKeysAndOpensNoneAfterwards() {
    KeyConnection key = transport.open("k1");
    transport.close();
    assertThat(reasonOf(() -> ask(key, 1))).isEqualTo(Reason.KEY_ABSENT);
    assertThat(reasonOf(() -> transport.open("k1"))).isEqualTo(Reason.KEY_ABSENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.1:7870", "example.org:7870", "127.0.0.1", "127.0.0.999:1", "[::1]:70000"})
  void acceptsNoBenchOnAnotherMachine(String address) {
    assertThat(reasonOf(() -> transport(address))).isEqualTo(Reason.MISCONFIGURED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:7870", "127.0.0.1:7870", "[::1]:7870"})
  void acceptsThisMachine(String address) {
    transport(address).close();
  }

  /** The settings of the transport. */
  private record Settings(String address) implements PluginContext {

    @Override
    public Optional<String> text(String name) {
      return name.equals("address") ? Optional.of(address) : Optional.empty();
    }

    @Override
    public Optional<char[]> secret(String name) {
      return Optional.empty();
    }

    @Override
    public Clock clock() {
      return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    }

    @Override
    public RandomGenerator random() {
      return new Random(1);
    }
  }
}
