package dev.keysmith.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {

  private static final Throttle.Target ANN = new Throttle.Target("ann", true);
  private static final int PER_ADDRESS = ThrottlePolicy.SIGN_IN.perAddress().most();
  private static final int PER_TARGET = ThrottlePolicy.SIGN_IN.perTarget().most();

  private final MovableClock clock = new MovableClock();
  private final Throttle throttle = new Throttle();

  @BeforeEach
  void setClock() {
    throttle.clock = clock;
  }

  private void failFrom(String address, int times) {
    for (int i = 0; i < times; i++) {
      throttle.begin(ThrottlePolicy.SIGN_IN, address);
    }
  }

  private boolean isOpen(String address) {
    try {
      throttle.begin(ThrottlePolicy.SIGN_IN, address).succeeded();
      return true;
    } catch (ProblemException e) {
      assertThat(e.kind()).isEqualTo(ProblemException.Kind.TOO_MANY);
      return false;
    }
  }

  private boolean isOpen(Throttle.Target target) {
    try {
      throttle.begin(ThrottlePolicy.SIGN_IN, "198.51.100.200", target).succeeded();
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  private void guess(Throttle.Target target, int times) {
    for (int i = 0; i < times; i++) {
      throttle.begin(ThrottlePolicy.SIGN_IN, "203.0.113." + i, target);
    }
  }

  @Test
  void refusesATargetFromEverywhereAndNoOther() {
    guess(ANN, PER_TARGET);

    assertThatThrownBy(() -> throttle.begin(ThrottlePolicy.SIGN_IN, "192.0.2.1", ANN))
        .hasMessageContaining("sign-in.too-many-failures {minutes=15}");
    assertThat(isOpen(new Throttle.Target("bob", true))).isTrue();
    assertThat(isOpen("192.0.2.1")).isTrue();
  }

  @Test
  void refusesAnAddressAndNoOther() {
    failFrom("192.0.2.1", PER_ADDRESS);

    assertThat(isOpen("192.0.2.1")).isFalse();
    assertThat(isOpen("192.0.2.2")).isTrue();
    assertThatCode(() -> throttle.begin(ThrottlePolicy.CODE, "192.0.2.1"))
        .doesNotThrowAnyException();
  }

  @Test
  void forgivesWhenTheTimeIsOver() {
    failFrom("192.0.2.1", PER_ADDRESS);
    guess(ANN, PER_TARGET);
    clock.advance(Duration.ofMinutes(15));

    assertThat(isOpen("192.0.2.1")).isTrue();
    assertThat(isOpen(ANN)).isTrue();
  }

  @Test
  void countsAnAttemptBeforeItIsDecidedAndTakesASuccessBack() {
    List<Throttle.Attempt> underWay = new ArrayList<>();
    for (int i = 0; i < PER_TARGET; i++) {
      underWay.add(throttle.begin(ThrottlePolicy.SIGN_IN, "192.0.2.1", ANN));
    }
    assertThat(isOpen(ANN)).isFalse();

    underWay.forEach(Throttle.Attempt::succeeded);
    underWay.get(0).succeeded();

    guess(ANN, PER_TARGET);
    assertThat(isOpen(ANN)).isFalse();
  }

  @Test
  void triesOnlySoManyOfThoseThatComeAtOnce() throws Exception {
    int many = 60;
    CyclicBarrier together = new CyclicBarrier(many);
    ExecutorService threads = Executors.newFixedThreadPool(many);
    int tried = 0;
    try {
      List<Future<Throttle.Attempt>> attempts = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        String address = "192.0.2." + i;
        attempts.add(
            threads.submit(
                () -> {
                  together.await();
                  return throttle.begin(ThrottlePolicy.SIGN_IN, address, ANN);
                }));
      }
      for (Future<Throttle.Attempt> each : attempts) {
        tried += hasBegun(each) ? 1 : 0;
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(tried).isEqualTo(PER_TARGET);
  }

  private static boolean hasBegun(Future<Throttle.Attempt> attempt) throws InterruptedException {
    try {
      return attempt.get() != null;
    } catch (java.util.concurrent.ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(ProblemException.class);
      return false;
    }
  }

  @Test
  void keepsTheCountsOfTargetsThatExistHoweverManyAreMadeUp() {
    guess(ANN, PER_TARGET);

    for (int i = 0; i < Throttle.MADE_UP * 2; i++) {
      String address = "10.%d.%d.%d".formatted(i >> 16, i >> 8 & 255, i & 255);
      throttle.begin(ThrottlePolicy.SIGN_IN, address, new Throttle.Target("made up " + i, false));
    }

    assertThat(isOpen(ANN)).isFalse();
    assertThat(isOpen(new Throttle.Target("bob", true))).isTrue();
    assertThat(isOpen(new Throttle.Target("one more", false))).isTrue();
  }

  @Test
  void refusesTargetsThatDoNotExistLikeThoseThatDo() {
    Throttle.Target nobody = new Throttle.Target("nobody", false);
    guess(nobody, PER_TARGET);

    assertThat(isOpen(nobody)).isFalse();
  }

  @Test
  void keepsLittleOfLongNamesAndTellsThemApart() {
    Throttle.Target one = new Throttle.Target("account " + "a".repeat(16_000) + "1", false);
    Throttle.Target other = new Throttle.Target("account " + "a".repeat(16_000) + "2", false);
    assertThat(one.name()).hasSizeLessThanOrEqualTo(128);

    guess(one, PER_TARGET);

    assertThat(isOpen(one)).isFalse();
    assertThat(isOpen(other)).isTrue();
  }

  @Test
  void forgetsTheOldestAddressRatherThanRefusingNewOnes() {
    failFrom("192.0.2.1", PER_ADDRESS);
    for (int i = 0; i < Throttle.ADDRESSES; i++) {
      failFrom("10.%d.%d.%d".formatted(i >> 16, i >> 8 & 255, i & 255), 1);
    }

    assertThat(isOpen("192.0.2.1")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:ffff::1, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "fe80::1%eth0, fe80::2%eth1, true",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "not an address, 192.0.2.2, false",
    ":::::, 192.0.2.2, false"
  })
  void countsTheAddressesOfOneIpv6CustomerTogether(String one, String other, boolean together) {
    failFrom(one, PER_ADDRESS);

    assertThat(isOpen(other)).isEqualTo(!together);
  }
}
