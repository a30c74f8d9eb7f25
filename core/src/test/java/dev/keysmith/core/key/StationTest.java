package dev.keysmith.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    assertThat(look.problems())
        .allSatisfy(
            (name, problem) ->
                assertThat(problem)
                    .contains("Report it")
                    .contains('"' + name + '"')
                    .doesNotContain("ecret"));
  }

  static List<Supplier<List<KeyDescriptor>>> breaches() {
    return List.of(
        () -> {
          throw new StackOverflowError();
        },
        () -> null,
        () -> Arrays.asList(KEY, null));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void goesOnWithTheOtherTransportsWhateverOneAnswers(Supplier<List<KeyDescriptor>> breach) {
    Station station =
        Stations.with(
            Stations.factory("broken", () -> transport(breach, () -> {})),
            Stations.factory("unmade", () -> null),
            Stations.factory("works", () -> transport(() -> List.of(KEY), () -> {})));

    Station.Look look = station.look();

    assertThat(look.keys()).containsExactly(new PluggedKey("works", KEY));
    assertThat(look.problems()).containsOnlyKeys("broken", "unmade");
    assertThat(station.find(Audience.OPERATORS, "works", "1").descriptor()).isEqualTo(KEY);
    assertThatThrownBy(() -> station.find(Audience.OPERATORS, "broken", "1"))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("\"broken\"");
  }

  @Test
  void goesOnWithTheOtherTransportsWhileOneHangs() {
    CountDownLatch end = new CountDownLatch(1);
    List<String> asked = new CopyOnWriteArrayList<>();
    Station station =
        Stations.within(
            Duration.ofSeconds(1),
            Stations.factory("hangs", () -> transport(() -> hang(end, asked), () -> {})),
            Stations.factory("works", () -> transport(() -> List.of(KEY), () -> {})));
    try {
      for (int look = 0; look < 3; look++) {
        assertThat(station.look().keys()).containsExactly(new PluggedKey("works", KEY));
        assertThat(station.look().problems().get("hangs")).contains("\"hangs\" does not answer");
      }
      assertThat(asked).hasSize(1);
    } finally {
      end.countDown();
    }
  }

  @Test
  void makesATransportThatHangsOnce() {
    CountDownLatch end = new CountDownLatch(1);
    List<String> asked = new CopyOnWriteArrayList<>();
    Station station =
        Stations.within(
            Duration.ofSeconds(1),
            Stations.factory("hangs", () -> hang(end, asked)),
            Stations.factory("works", () -> transport(() -> List.of(KEY), () -> {})));
    try {
      for (int look = 0; look < 3; look++) {
        assertThat(station.look().keys()).containsExactly(new PluggedKey("works", KEY));
        assertThat(station.look().problems().get("hangs")).contains("\"hangs\" does not answer");
      }
      assertThat(asked).hasSize(1);
    } finally {
      end.countDown();
    }
  }

  @Test
  void asksATransportThatIsSlowAgainOnceItHasAnswered() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Station station =
        Stations.patientFor(
            Duration.ofSeconds(1),
            Stations.factory("slow", () -> transport(() -> slowly(end, answered), () -> {})),
            Stations.factory("works", () -> transport(() -> List.of(KEY), () -> {})));
    assertThat(station.look().problems()).containsOnlyKeys("slow");
    assertThat(station.look().keys()).containsExactly(new PluggedKey("works", KEY));

    end.countDown();
    answered.await();

    Station.Look look = station.look();
    while (!look.problems().isEmpty()) {
      look = station.look();
    }
    assertThat(look.keys()).hasSize(2);
  }

  private static List<KeyDescriptor> slowly(CountDownLatch end, CountDownLatch answered) {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    answered.countDown();
    return List.of(KEY);
  }

  /** Each of the two answers only while the other one is asked, too. */
  @Test
  void asksAllTransportsAtTheSameTime() {
    CyclicBarrier both = new CyclicBarrier(2);
    Station station =
        Stations.within(
            Duration.ofSeconds(5),
            Stations.factory("one", () -> transport(() -> together(both), () -> {})),
            Stations.factory("two", () -> transport(() -> together(both), () -> {})));

    Station.Look look = station.look();

    assertThat(look.problems()).isEmpty();
    assertThat(look.keys()).containsExactly(new PluggedKey("one", KEY), new PluggedKey("two", KEY));
  }

  private static List<KeyDescriptor> together(CyclicBarrier both) {
    try {
      both.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
    return List.of(KEY);
  }

  private static <T> T hang(CountDownLatch end, List<String> asked) {
    asked.add("asked");
    while (end.getCount() > 0) {
      try {
        end.await();
      } catch (InterruptedException e) {
        // It goes on all the same.
      }
    }
    throw new IllegalStateException("came back");
  }

  @Test
  void tellsTheLastLookWithoutATransport() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Station station =
        Stations.with(
            Stations.factory(
                "slow",
                () ->
                    transport(
                        () -> {
                          looked.countDown();
                          return hang(end, new CopyOnWriteArrayList<>());
                        },
                        () -> {})));
    try {
      assertThat(station.lastLook().keys()).isEmpty();
      looked.await();
      assertThat(station.lastLook().problems()).isEmpty();
    } finally {
      end.countDown();
    }
  }

  @Test
  void remembersTheLastLook() {
    Station station =
        Stations.with(Stations.factory("works", () -> transport(() -> List.of(KEY), () -> {})));

    Station.Look look = station.look();

    assertThat(station.lastLook()).isSameAs(look);
  }

  @Test
  void letsTheProcessEndWhenAPluginEndsIt() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ExitingPlugin.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("has ended").isTrue();
      assertThat(process.exitValue()).isEqualTo(ExitingPlugin.CODE);
    } finally {
      process.destroyForcibly();
    }
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
