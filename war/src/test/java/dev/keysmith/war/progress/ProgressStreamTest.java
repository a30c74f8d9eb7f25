package dev.keysmith.war.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.war.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProgressStreamTest {

  record State(String step) {}

  private Instant now = Instant.parse("2026-01-05T09:00:00Z");
  private boolean allowed = true;
  private Progress work = new Progress(new State("waiting"), false);
  private final FakeSse caller = new FakeSse();
  private final ProgressStream stream =
      new ProgressStream(
          new Channel(caller, caller, Json.MAPPER.writer()),
          new CallerRight("ann", () -> allowed),
          Work.of(() -> work, listener -> () -> {}),
          new TestClock());

  private final class TestClock extends Clock {

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void tellsThePresentStateFirstAndThenOnlyChanges() {
    assertThat(stream.look()).isTrue();
    assertThat(stream.look()).isTrue();
    work = new Progress(new State("touch"), false);
    assertThat(stream.look()).isTrue();

    assertThat(caller.lines)
        .containsExactly(
            "id:1 event:progress data:{\"step\":\"waiting\"}",
            "id:2 event:progress data:{\"step\":\"touch\"}");
  }

  @Test
  void endsWithTheWorkAfterItsLastState() {
    stream.look();
    work = new Progress(new State("done"), true);

    assertThat(stream.look()).isFalse();
    assertThat(caller.lines).hasSize(2).last().asString().contains("done");
    assertThat(caller.isClosed()).isTrue();
  }

  @Test
  void givesASignOfLifeWhileNothingChanges() {
    stream.look();
    now = now.plus(ProgressStream.HEARTBEAT);
    stream.look();
    stream.look();

    assertThat(caller.lines).hasSize(2).last().isEqualTo(":still there");
  }

  @Test
  void waitsForASlowCallerAndThenTellsTheLatest() {
    caller.sent = new CompletableFuture<>();
    stream.look();
    work = new Progress(new State("one"), false);
    stream.look();
    work = new Progress(new State("two"), false);
    caller.sent.complete(null);
    stream.look();

    assertThat(caller.lines).hasSize(2).last().asString().contains("two");
  }

  @Test
  void endsAlsoForACallerWhoReadsNothing() {
    caller.sent = new CompletableFuture<>();
    stream.look();
    now = now.plus(ProgressStream.LONGEST);

    assertThat(stream.look()).isFalse();
    assertThat(caller.isClosed()).isTrue();
  }

  @Test
  void closesOnlyWhenTheLastStateIsSent() {
    caller.sent = new CompletableFuture<>();
    work = new Progress(new State("done"), true);

    assertThat(stream.look()).isFalse();
    assertThat(caller.isClosed()).isFalse();
    caller.sent.complete(null);
    assertThat(caller.isClosed()).isTrue();
  }

  @Test
  void endsWhenTheCallerIsGone() {
    caller.close();

    assertThat(stream.look()).isFalse();
    assertThat(caller.lines).isEmpty();
  }

  @Test
  void endsAfterAnHourSoThatTheCallerAsksAgain() {
    stream.look();
    now = now.plus(ProgressStream.LONGEST).plus(Duration.ofSeconds(1));

    assertThat(stream.look()).isFalse();
    assertThat(caller.isClosed()).isTrue();
  }

  @Test
  void endsWithTheRightOfTheCallerAndTellsNothingMore() {
    stream.look();
    allowed = false;
    now = now.plus(ProgressStream.RIGHT_LASTS);
    work = new Progress(new State("secret"), false);

    assertThat(stream.isDue()).isTrue();
    assertThat(stream.look()).isFalse();
    assertThat(caller.lines).hasSize(1);
    assertThat(caller.isClosed()).isTrue();
    assertThat(ProgressStream.RIGHT_LASTS).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void tellsNothingNewOnceTheRightIsGone() {
    stream.look();
    allowed = false;
    assertThat(stream.look()).isTrue();
    work = new Progress(new State("secret"), false);

    assertThat(stream.look()).isFalse();
    assertThat(caller.lines).hasSize(1);
    assertThat(caller.isClosed()).isTrue();
  }

  @Test
  void endsWithTheRightOfACallerWhoReadsNothing() {
    caller.sent = new CompletableFuture<>();
    stream.look();
    allowed = false;
    now = now.plus(ProgressStream.RIGHT_LASTS);

    assertThat(stream.look()).isFalse();
    assertThat(caller.isClosed()).isTrue();
  }

  @Test
  void isDueByTimeAloneAndForASlowCallerWhoHasMissedSomething() {
    assertThat(stream.look()).isTrue();
    assertThat(stream.isDue()).isFalse();
    now = now.plus(ProgressStream.HEARTBEAT);
    assertThat(stream.isDue()).isTrue();
    stream.look();
    assertThat(stream.isDue()).isFalse();

    caller.sent = new CompletableFuture<>();
    work = new Progress(new State("one"), false);
    stream.look();
    work = new Progress(new State("two"), false);
    stream.look();
    assertThat(stream.isDue()).isTrue();
  }
}
