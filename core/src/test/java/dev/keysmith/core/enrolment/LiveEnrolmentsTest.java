package dev.keysmith.core.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.harness.Core;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Enrolments of which the database knows nothing: none of them shall go on. */
class LiveEnrolmentsTest {

  @RegisterExtension final Core core = new Core();

  private final LiveEnrolments live = core.get(LiveEnrolments.class);

  @AfterEach
  void tearDown() {
    live.remove("first");
    live.remove("second");
  }

  @Test
  void leavesAnEnrolmentAloneThatHasEndedSinceItsLeaseWasLookedAt() {
    List<String> interrupted = new ArrayList<>();
    live.add("first", () -> endsTheOther(interrupted, "first", "second"));
    live.add("second", () -> endsTheOther(interrupted, "second", "first"));

    live.renew();

    assertThat(interrupted).hasSize(1);
  }

  private void endsTheOther(List<String> interrupted, String self, String other) {
    interrupted.add(self);
    live.remove(other);
  }

  @Test
  void letsAnEnrolmentEndOnlyAfterItsInterruption() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<String> order = new CopyOnWriteArrayList<>();
    live.add(
        "first",
        () -> {
          begun.countDown();
          await(goOn);
          order.add("interrupted");
        });
    Thread renewal = new Thread(live::renew);
    renewal.start();
    begun.await();
    Thread end =
        new Thread(
            () -> {
              live.remove("first");
              order.add("ended");
            });
    end.start();
    Set<Thread.State> settled = EnumSet.of(Thread.State.WAITING, Thread.State.TERMINATED);
    while (!settled.contains(end.getState())) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    end.join();
    renewal.join();

    assertThat(order).containsExactly("interrupted", "ended");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
