package dev.keysmith.core.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.key.Station.Change;
import dev.keysmith.core.key.Station.Look;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatchListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StationWatchTest {

  private final ToldTransport usb = new ToldTransport();
  private final ToldTransport bench = new ToldTransport();
  private final Station station =
      Stations.with(Stations.factory("usb", () -> usb), Stations.factory("bench", () -> bench));
  private final List<Change> heard = new ArrayList<>();

  private static PluggedKey key(String transport, String id) {
    return new PluggedKey(transport, ToldTransport.key(id));
  }

  private Change last() {
    return heard.get(heard.size() - 1);
  }

  @Test
  void tellsWhatIsThereBeforeAnythingChanges() {
    usb.show("1");
    bench.show("a", "b");

    station.watch(heard::add);

    List<PluggedKey> all = List.of(key("usb", "1"), key("bench", "a"), key("bench", "b"));
    assertThat(heard).containsExactly(new Change(all, List.of(), new Look(all, Map.of())));
  }

  @Test
  void tellsWhatArrivesAndWhatGoes() {
    station.watch(heard::add);

    usb.show("1", "2");
    assertThat(last().arrived()).containsExactly(key("usb", "1"), key("usb", "2"));
    bench.show("a");
    assertThat(last().arrived()).containsExactly(key("bench", "a"));
    usb.show("2", "3");
    assertThat(last().arrived()).containsExactly(key("usb", "3"));
    assertThat(last().gone()).containsExactly(key("usb", "1"));
    assertThat(last().now().keys())
        .containsExactly(key("usb", "2"), key("usb", "3"), key("bench", "a"));
    assertThat(last().now()).isEqualTo(station.look());
  }

  @Test
  void tellsNothingWhenATransportRepeatsItself() {
    usb.show("1");
    station.watch(heard::add);
    usb.show("1");

    assertThat(heard).hasSize(1);
  }

  @Test
  void tellsOfAProblemOfATransportAndOfItsEnd() {
    usb.show("1");
    station.watch(heard::add);

    usb.fail("No permission.");
    assertThat(last().gone()).containsExactly(key("usb", "1"));
    assertThat(last().now().problems()).isEqualTo(Map.of("usb", "No permission."));
    bench.show("a");
    assertThat(last().now().problems()).containsOnlyKeys("usb");
    usb.show("1");
    assertThat(last().arrived()).containsExactly(key("usb", "1"));
    assertThat(last().now().problems()).isEmpty();
  }

  @Test
  void watchesEachTransportOnceAndOnlyWhileSomebodyListens() {
    assertThat(usb.watchesEver).isZero();
    StationWatch first = station.watch(heard::add);
    List<Change> heardBySecond = new ArrayList<>();
    usb.show("1");
    StationWatch second = station.watch(heardBySecond::add);

    assertThat(usb.watching).hasSize(1);
    assertThat(heardBySecond).hasSize(1);
    assertThat(heardBySecond.get(0).arrived()).containsExactly(key("usb", "1"));
    first.close();
    first.close();
    assertThat(usb.watching).hasSize(1);
    usb.show();
    assertThat(heardBySecond).hasSize(2);
    assertThat(heard).hasSize(2);
    second.close();
    assertThat(usb.watching).isEmpty();
    assertThat(bench.watching).isEmpty();
  }

  @Test
  void startsAnewForAListenerThatComesLater() {
    station.watch(heard::add).close();
    usb.show("1");

    station.watch(heard::add);

    assertThat(last().arrived()).containsExactly(key("usb", "1"));
    assertThat(usb.watchesEver).isEqualTo(2);
    usb.show("1", "2");
    assertThat(last().arrived()).containsExactly(key("usb", "2"));
  }

  @Test
  void passesOverNewsOfAWatchThatHasEnded() {
    StationWatch watch = station.watch(heard::add);
    KeyWatchListener ended = usb.watching.get(0);
    watch.close();
    station.watch(heard::add);

    ended.onKeys(List.of(ToldTransport.key("stale")));

    assertThat(last().now().keys()).isEmpty();
  }

  @Test
  void tellsTheOthersWhenOneListenerFails() {
    station.watch(
        change -> {
          throw new IllegalStateException("the listener's own fault");
        });
    station.watch(heard::add);

    usb.show("1");

    assertThat(last().arrived()).containsExactly(key("usb", "1"));
  }

  @Test
  void watchesTheOtherTransportsIfOneCannotBeMade() {
    Station other =
        Stations.with(
            Stations.factory(
                "broken",
                () -> {
                  throw new NoClassDefFoundError("org/example/Secret");
                }),
            Stations.factory("usb", () -> usb));
    StationWatch watch = other.watch(heard::add);
    try {
      usb.show("1");

      assertThat(last().now().keys()).containsExactly(key("usb", "1"));
      assertThat(last().now().problems()).containsOnlyKeys("broken");
    } finally {
      watch.close();
    }
  }

  @Test
  void watchesATransportOnceThatAnswersLate() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    Station slow =
        Stations.patientFor(
            Duration.ofSeconds(1),
            Stations.factory("slow", () -> after(end, new PollingTransport("s"))),
            Stations.factory("works", () -> new PollingTransport("w")));
    StationWatch watch = slow.watch(told::add);
    try {
      Change first = told.take();
      assertThat(first.now().keys()).containsExactly(key("works", "w"));
      assertThat(first.now().problems()).containsOnlyKeys("slow");

      end.countDown();

      Change next = told.take();
      assertThat(next.arrived()).containsExactly(key("slow", "s"));
      assertThat(next.gone()).isEmpty();
      assertThat(next.now().problems()).isEmpty();
    } finally {
      watch.close();
    }
  }

  @Test
  void triesAgainToWatchATransportThatCouldNotBeMade() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    Station broken =
        Stations.with(
            Stations.factory(
                "broken",
                () -> {
                  if (tries.incrementAndGet() < 3) {
                    throw new PluginException(Reason.UNAVAILABLE, "Not yet.");
                  }
                  return new PollingTransport("b");
                }));
    StationWatch watch = broken.watch(told::add);
    try {
      assertThat(told.take().now().problems()).isEqualTo(Map.of("broken", "Not yet."));
      assertThat(told.take().arrived()).containsExactly(key("broken", "b"));
    } finally {
      watch.close();
    }
  }

  private static KeyTransport after(CountDownLatch end, KeyTransport transport) {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return transport;
  }

  @Test
  void endsItsWatchesBeforeItClosesTheTransports() {
    StationWatch watch = station.watch(heard::add);

    station.close();

    assertThat(usb.watching).isEmpty();
    assertThat(usb.closed).isTrue();
    watch.close();
    station.watch(heard::add);
    assertThat(usb.watching).isEmpty();
  }

  /** A transport with one key, without a watch of its own. */
  private record PollingTransport(String id) implements KeyTransport {

    @Override
    public List<KeyDescriptor> listKeys() {
      return List.of(ToldTransport.key(id));
    }

    @Override
    public KeyConnection open(String keyId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
