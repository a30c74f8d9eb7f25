package dev.keysmith.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.problem.PluginMessage;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import jakarta.transaction.TransactionalException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventsTest {

  @RegisterExtension final Core core = new Core();

  private final Events events = core.get(Events.class);
  private final DeadLetters letters = core.get(DeadLetters.class);
  private final Listeners listeners = core.get(Listeners.class);

  @BeforeEach
  void forget() {
    listeners.reset();
  }

  private String record(Record event) throws Exception {
    return core.inTransaction(() -> events.record(event));
  }

  @Test
  void deliversAnEventToEveryObserverOnce() throws Exception {
    var happened = new SomethingHappened(7, "word", Instant.parse("2026-01-05T09:00:00.123456Z"));

    record(happened);
    core.deliver();
    core.deliver();

    assertThat(listeners.first()).containsExactly(happened);
    assertThat(listeners.second()).containsExactly(happened);
    assertThat(core.queued()).isZero();
  }

  @Test
  void deliversOutsideAnyTransaction() throws Exception {
    record(SomethingHappened.number(1));
    core.deliver();

    assertThat(listeners.sawTransaction()).isFalse();
  }

  @Test
  void forgetsAnEventWhoseTransactionIsRolledBack() {
    assertThatThrownBy(
            () ->
                core.inTransaction(
                    () -> {
                      events.record(SomethingHappened.number(1));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertThat(core.queued()).isZero();
    core.deliver();
    assertThat(listeners.first()).isEmpty();
  }

  @Test
  void refusesToRecordWithoutATransaction() {
    assertThatThrownBy(() -> events.record(SomethingHappened.number(1)))
        .isInstanceOf(TransactionalException.class);
  }

  @Test
  void refusesARecordThatIsNoEvent() {
    assertThatThrownBy(() -> record(new NoEvent(1))).hasStackTraceContaining("has no @EventType");
  }

  @Test
  void deliversAgainAfterAPauseWhenAnObserverFailed() throws Exception {
    listeners.failNext(new IllegalStateException("not now"));

    record(SomethingHappened.number(1));
    core.deliver();
    assertThat(listeners.second()).hasSize(1);
    assertThat(core.queued()).isOne();

    core.deliverAfter(Duration.ofSeconds(1));
    assertThat(listeners.first()).hasSize(1);
    assertThat(core.queued()).isZero();
  }

  @Test
  void waitsAsLongAsARateLimitAsks() throws Exception {
    listeners.failNext(PluginException.rateLimited("wait", Duration.ofMinutes(3)));

    record(SomethingHappened.number(1));
    core.deliver();
    core.deliverAfter(Duration.ofSeconds(179));
    assertThat(listeners.first()).isEmpty();

    core.deliverAfter(Duration.ofSeconds(1));
    assertThat(listeners.first()).hasSize(1);
  }

  @Test
  void parksWhatCannotSucceedAndDeliversItOnceAnOperatorRetries() throws Exception {
    listeners.failNext(new PluginException(Reason.MISCONFIGURED, "Enter the token again."));

    String id = record(SomethingHappened.number(1));
    core.deliver();
    assertThat(core.queued()).isZero();
    assertThat(letters.list(PageRequest.first()).items())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.id()).isEqualTo(id);
              assertThat(event.type()).isEqualTo("test.happened");
              assertThat(event.attempts()).isEqualTo(1);
              assertThat(event.reason())
                  .isEqualTo(Message.of(PluginMessage.MISCONFIGURED, "Enter the token again."));
            });

    letters.retry(Actor.operator(1, "ann"), id);
    core.deliver();
    assertThat(listeners.first()).hasSize(1);
    assertThat(letters.count()).isZero();
    assertThat(core.get(Audit.class).list(PageRequest.first()).items())
        .extracting("action")
        .containsExactly("event.retried");
  }

  @Test
  void parksAfterManyAttempts() throws Exception {
    listeners.failAlways(new IllegalStateException("personal data"));

    String id = record(SomethingHappened.number(1));
    for (int attempt = 1; attempt <= Backoff.MAX_ATTEMPTS; attempt++) {
      assertThat(letters.count()).isZero();
      core.deliverAfter(Duration.ofMinutes(15));
    }

    assertThat(letters.list(PageRequest.first()).items())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.attempts()).isEqualTo(Backoff.MAX_ATTEMPTS);
              assertThat(event.reason().toString())
                  .contains("IllegalStateException")
                  .doesNotContain("personal data");
            });
    letters.discard(Actor.operator(1, "ann"), id);
    assertThat(letters.count()).isZero();
    assertThatThrownBy(() -> letters.retry(Actor.operator(1, "ann"), id))
        .hasMessageContaining("event.no-dead-letter");
  }

  @Test
  void parksAnEventOfATypeThatThisVersionDoesNotKnow() throws Exception {
    core.inTransaction(
        () -> {
          events.again("17", new Envelope("test.of-the-future", core.clock().instant(), "{}"));
          return null;
        });
    core.deliver();

    assertThat(letters.list(PageRequest.first()).items())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.reason())
                    .isEqualTo(Message.of(EventMessage.UNKNOWN_TYPE, "test.of-the-future")));
  }

  @Test
  void comesAgainWhenAnObserverHasNoRoomHoweverOften() throws Exception {
    listeners.failAlways(new PostponedException(Duration.ofSeconds(5)));
    record(SomethingHappened.number(1));
    core.deliver();
    for (int times = 0; times < 2 * Backoff.MAX_ATTEMPTS; times++) {
      assertThat(core.queued()).isEqualTo(1);
      core.deliverAfter(Duration.ofSeconds(5));
    }

    listeners.failNext(new IllegalStateException("a first failure"));
    core.deliverAfter(Duration.ofSeconds(5));
    assertThat(letters.count()).isZero();

    core.deliverAfter(Duration.ofSeconds(1));
    assertThat(listeners.first()).hasSize(1);
    assertThat(core.queued()).isZero();
  }

  @Test
  void takesAnEventThatNobodyObservesForDelivered() throws Exception {
    record(new NobodyListens(1));

    assertThat(core.queued()).isZero();
  }

  @Test
  void recordsManyEventsAtOnce() throws Exception {
    List<SomethingHappened> many =
        IntStream.range(0, 500).mapToObj(SomethingHappened::number).toList();

    List<String> ids = core.inTransaction(() -> events.recordAll(many));
    core.deliver();

    assertThat(ids).doesNotHaveDuplicates().hasSize(500);
    assertThat(listeners.first()).containsExactlyInAnyOrderElementsOf(many);
  }

  @Test
  void deliversAtOnceOnOtherThreads() throws Exception {
    Dispatcher dispatcher = core.get(Dispatcher.class);
    dispatcher.start();
    try {
      record(SomethingHappened.number(1));

      assertThat(listeners.isHeard()).isTrue();
      assertThat(listeners.first()).hasSize(1);
    } finally {
      dispatcher.stop();
    }
  }

  @Test
  void deliversAfterARestartWhatACrashInterrupted() throws Exception {
    core.configure("keysmith.node", "here");
    String id = record(SomethingHappened.number(1));
    core.inTransaction(() -> listeners.pickedBy("here"));

    core.deliver();
    assertThat(listeners.first()).as("another node seems to be at it").isEmpty();

    Dispatcher dispatcher = core.get(Dispatcher.class);
    dispatcher.start();
    try {
      assertThat(listeners.isHeard()).isTrue();
    } finally {
      dispatcher.stop();
    }
    assertThat(listeners.first()).hasSize(1);
  }

  @Test
  void deliversQuickEventsWhileManySlowOnesAreUnderWay() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    listeners.holdSlowOnes(end);
    List<SomethingSlow> slow = IntStream.range(0, 20).mapToObj(SomethingSlow::new).toList();
    core.inTransaction(() -> events.recordAll(slow));
    Dispatcher dispatcher = core.get(Dispatcher.class);
    dispatcher.start();
    try {
      record(SomethingHappened.number(1));
      assertThat(listeners.isHeard()).isTrue();
    } finally {
      end.countDown();
      dispatcher.stop();
    }
  }

  @Test
  void deliversAnEventNotBeforeItIsDue() throws Exception {
    Instant due = core.clock().instant().plusSeconds(10);
    core.inTransaction(
        () -> {
          events.recordFor(due, SomethingHappened.number(1));
          return true;
        });
    core.deliverAfter(Duration.ofSeconds(9));
    assertThat(listeners.first()).isEmpty();

    core.deliverAfter(Duration.ofSeconds(1));
    assertThat(listeners.first()).hasSize(1);
  }

  /** An event with two observers. */
  @EventType("test.happened")
  public record SomethingHappened(long id, String word, Instant at) {
    static SomethingHappened number(long id) {
      return new SomethingHappened(id, "", Instant.EPOCH);
    }
  }

  /** An event whose observer waits for others. */
  @EventType(value = "test.slow", slow = true)
  public record SomethingSlow(long id) {}

  /** An event without observers. */
  @EventType("test.unobserved")
  public record NobodyListens(long id) {}

  /** Not marked as event. */
  public record NoEvent(long id) {}
}
