package dev.keysmith.core.plugin.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.spi.MovableClock;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForeignCallsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final MovableClock clock = new MovableClock();
  private final ClassLoader loader = new URLClassLoader(new URL[0]);
  private final ForeignCalls calls =
      new ForeignCalls("acme", loader, clock, Guards.limits(Duration.ofSeconds(30)));
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void letTheCallsThatHangReturn() {
    end.countDown();
  }

  /** What a plugin does that waits for ever and takes no notice of interrupts. */
  private <T> T hang(T result) {
    while (end.getCount() > 0) {
      try {
        end.await();
      } catch (InterruptedException e) {
        // It goes on all the same.
      }
    }
    return result;
  }

  private void hangs(String what) {
    givesUp(what, () -> hang("late"), late -> {});
  }

  /** Gives a call up once it is under way; returns what its caller gets. */
  private Throwable givesUp(String what, Supplier<String> body, Consumer<String> late) {
    CountDownLatch begun = new CountDownLatch(1);
    ForeignCall<String> call =
        calls.begin(
            what,
            LONG,
            () -> {
              begun.countDown();
              return body.get();
            },
            late);
    assertThat(begun).satisfies(CountDownLatch::await);
    call.hurry(Duration.ZERO);
    return catchThrowable(() -> calls.outcome(what, call));
  }

  private static Reason reason(Throwable thrown) {
    return ((PluginException) thrown).reason();
  }

  @Test
  void returnsWhatThePluginReturns() {
    assertThat(calls.call("check", LONG, () -> "fine")).isEqualTo("fine");
    assertThat(calls.faults()).isEmpty();
  }

  @Test
  void runsThePluginOnAThreadOfItsOwnWithItsClassLoader() {
    ClassLoader mine = Thread.currentThread().getContextClassLoader();

    Thread other = calls.call("check", LONG, Thread::currentThread);
    ClassLoader seen =
        calls.call("check", LONG, () -> Thread.currentThread().getContextClassLoader());

    assertThat(other).isNotSameAs(Thread.currentThread());
    assertThat(other.isDaemon()).isTrue();
    assertThat(other.getName()).contains("acme");
    assertThat(seen).isSameAs(loader);
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(mine);
  }

  @Test
  void usesAThreadAgain() {
    Thread first = calls.call("check", LONG, Thread::currentThread);
    // Between two calls a thread is on its way back: so of many calls some meet it.
    List<Thread> later = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      later.add(calls.call("check", LONG, Thread::currentThread));
    }
    later.add(first);
    assertThat(later.stream().distinct().count()).isLessThan(100);
  }

  static List<Supplier<String>> breaches() {
    return List.of(
        () -> null,
        () -> {
          throw new IllegalStateException("token=hush");
        },
        () -> {
          throw new NoClassDefFoundError("hush");
        },
        () -> {
          throw new OutOfMemoryError("hush");
        },
        () -> {
          throw new Error("hush");
        },
        ForeignCallsTest::overflow);
  }

  private static String overflow() {
    return overflow() + overflow();
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void blamesThePluginByNameForWhateverElseItDoes(Supplier<String> breach) {
    assertThatThrownBy(() -> calls.call("check", LONG, breach))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("\"acme\"")
        .hasMessageContaining("check")
        .hasMessageNotContaining("hush")
        .hasCauseInstanceOf(PluginBreach.class)
        .extracting(ForeignCallsTest::reason)
        .isEqualTo(Reason.UNAVAILABLE);
    assertThat(calls.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.plugin()).isEqualTo("acme");
              assertThat(fault.call()).isEqualTo("check");
              assertThat(fault.at()).isEqualTo(clock.instant());
              assertThat(fault.hangs()).isFalse();
            });
  }

  @Test
  void letsThePluginsOwnFailuresThrough() {
    PluginException refusal = new PluginException(Reason.REJECTED, "Not by our policy.");
    assertThatThrownBy(
            () ->
                calls.call(
                    "check",
                    LONG,
                    () -> {
                      throw refusal;
                    }))
        .isSameAs(refusal);
    assertThat(calls.faults()).isEmpty();
  }

  @Test
  void letsFailuresOfTheServerItselfThrough() {
    ProblemException problem = ProblemException.conflict(ProblemMessage.FAULT);
    assertThatThrownBy(
            () ->
                calls.run(
                    "check",
                    LONG,
                    () -> {
                      throw problem;
                    }))
        .isSameAs(problem);
    assertThat(calls.faults()).isEmpty();
  }

  @Test
  void givesUpACallThatDoesNotReturn() {
    assertThat(givesUp("check", () -> hang("late"), late -> {}))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("\"acme\" does not answer")
        .extracting(ForeignCallsTest::reason)
        .isEqualTo(Reason.TIMED_OUT);
    assertThat(calls.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.hangs()).isTrue());
    assertThat(calls.call("users", LONG, () -> "other calls go on")).isNotEmpty();
  }

  @Test
  void doesNotBeginACallThatWasGivenUpBeforeItsThreadCame() throws Exception {
    List<String> told = new ArrayList<>();
    ForeignCall<String> call =
        new ForeignCall<>(
            () -> {
              told.add("called");
              return "";
            },
            new ForeignCall.Terms<>(
                Duration.ZERO,
                late -> told.add("late"),
                () -> told.add("abandoned"),
                () -> told.add("back")),
            loader);
    assertThat(call.await()).isFalse();

    call.run();

    assertThat(told).containsExactly("abandoned", "back");
    assertThat(call.isStuck()).isFalse();
  }

  @Test
  void interruptsACallThatItGivesUp() {
    CountDownLatch interrupted = new CountDownLatch(1);
    givesUp(
        "check",
        () -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return "";
        },
        late -> {});
    assertThat(interrupted).satisfies(CountDownLatch::await);
  }

  @Test
  void givesAResultThatCameTooLateToBeClosed() throws Exception {
    CompletableFuture<String> closed = new CompletableFuture<>();
    givesUp("open", () -> hang("key"), closed::complete);
    assertThat(closed).isNotDone();

    end.countDown();

    assertThat(closed.get()).isEqualTo("key");
    assertThat(calls.faults()).isEmpty();
  }

  @Test
  void asksAPluginNoMoreWhileTooManyOfItsCallsHangAndAgainWhenOneReturns() throws Exception {
    CompletableFuture<String> closed = new CompletableFuture<>();
    CountDownLatch one = new CountDownLatch(1);
    givesUp(
        "open",
        () -> {
          while (one.getCount() > 0) {
            Thread.onSpinWait();
          }
          return "key";
        },
        closed::complete);
    for (int i = 0; i < 7; i++) {
      hangs("check " + i);
    }
    AtomicReference<String> asked = new AtomicReference<>();

    assertThatThrownBy(() -> calls.run("check", LONG, () -> asked.set("asked")))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("too many of its calls hang");
    assertThat(asked).hasNullValue();

    one.countDown();
    closed.get();
    assertThat(calls.call("check", LONG, () -> "asked")).isEqualTo("asked");
  }

  @Test
  void endsWhatIsOpenHoweverManyCallsHang() {
    for (int i = 0; i < 8; i++) {
      hangs("check " + i);
    }
    List<String> ended = new ArrayList<>();

    calls.quietly("close of a key", LONG, () -> ended.add("closed"));

    assertThat(ended).containsExactly("closed");
    assertThatThrownBy(() -> calls.call("check", LONG, () -> "not asked"))
        .hasMessageContaining("too many of its calls hang");
  }

  @Test
  void callsNoMethodBesideACallOfItThatHangs() {
    CountDownLatch begun = new CountDownLatch(1);
    Lane lane = new Lane(calls, "listKeys");
    Thread impatient =
        new Thread(
            () -> {
              assertThat(begun).satisfies(CountDownLatch::await);
              lane.hurry(Duration.ZERO);
            });
    impatient.start();
    assertThatThrownBy(
            () ->
                lane.call(
                    LONG,
                    () -> {
                      begun.countDown();
                      return hang("keys");
                    }))
        .isInstanceOf(PluginException.class);

    assertThatThrownBy(() -> lane.call(LONG, () -> "not asked"))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("listKeys");
  }

  @Test
  void forgetsAFaultWhenTheCallGoesWellAgain() {
    assertThatThrownBy(() -> calls.call("check", LONG, () -> null)).isNotNull();
    calls.call("users", LONG, () -> "");
    assertThat(calls.faults()).hasSize(1);

    calls.call("check", LONG, () -> "");

    assertThat(calls.faults()).isEmpty();
  }

  @Test
  void forgetsAFaultAfterAnHourButNotACallThatHangs() {
    assertThatThrownBy(() -> calls.call("check", LONG, () -> null)).isNotNull();
    hangs("users");

    clock.advance(Duration.ofHours(2));

    assertThat(calls.faults()).extracting(PluginFault::call).containsExactly("users");
  }

  @Test
  void stopsWaitingWhenTheServerEnds() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> calls.call("check", LONG, () -> hang("late")))
        .isInstanceOf(PluginException.class)
        .extracting(ForeignCallsTest::reason)
        .isEqualTo(Reason.UNAVAILABLE);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void closesQuietly() {
    calls.quietly(
        "close",
        LONG,
        () -> {
          throw new Error("cannot be closed");
        });
    assertThat(calls.faults()).extracting(PluginFault::call).containsExactly("close");
  }
}
