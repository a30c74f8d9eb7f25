package dev.keysmith.war.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {

  record State(String step) {}

  private final Clock clock = Clock.fixed(Instant.parse("2026-01-05T09:00:00Z"), ZoneOffset.UTC);
  private final OpenStreams streams = new OpenStreams(Runnable::run, clock);
  private final StoredWork stored = new StoredWork();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicBoolean passed = new AtomicBoolean();
  private Progress state = new Progress(new State("begun"), false);

  private Progress look() {
    looks.incrementAndGet();
    return state;
  }

  private FakeSse follow(String caller, Work work) {
    FakeSse sink = new FakeSse();
    streams.open(
        new Channel(sink, sink, Json.MAPPER.writer()), new CallerRight(caller, () -> true), work);
    return sink;
  }

  @Test
  void refusesMoreOfACallerThanItsShareAndLetsOthersIn() {
    Work work = Work.of(this::look, listener -> () -> {});
    for (int number = 0; number < OpenStreams.MAX_OF_A_CALLER; number++) {
      follow("auditor", work);
    }
    assertThatThrownBy(() -> follow("auditor", work))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo("progress.too-many-of-yours"));
    assertThat(follow("operator", work).lines).hasSize(1);
  }

  @Test
  void refusesEveryoneOnceAllPlacesAreTaken() {
    Work work = Work.of(this::look, listener -> () -> {});
    for (int number = 0; number < OpenStreams.MAX_STREAMS; number++) {
      follow("caller " + number, work);
    }
    assertThatThrownBy(() -> follow("another", work))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo("progress.too-many-streams"));
  }

  @Test
  void freesThePlaceOfAStreamThatHasEnded() {
    List<Runnable> listeners = new ArrayList<>();
    Work work =
        Work.of(
            this::look,
            listener -> {
              listeners.add(listener);
              return () -> listeners.remove(listener);
            });
    follow("ann", work);
    state = new Progress(new State("done"), true);
    List.copyOf(listeners).forEach(Runnable::run);

    assertThat(streams.isEmpty()).isTrue();
    assertThat(listeners).isEmpty();
  }

  @Test
  void stopsWatchingWhatEndsWhileTheWatchBegins() {
    List<Runnable> listeners = new ArrayList<>();
    state = new Progress(new State("done"), true);
    follow(
        "ann",
        Work.of(
            this::look,
            listener -> {
              listeners.add(listener);
              listener.run();
              return () -> listeners.remove(listener);
            }));

    assertThat(streams.isEmpty()).isTrue();
    assertThat(listeners).isEmpty();
  }

  @Test
  void looksOnceAtStoredWorkHoweverManyFollowIt() {
    FakeSse one = follow("ann", stored.of("import:1", this::look));
    FakeSse other = follow("ben", stored.of("import:1", this::look));
    looks.set(0);
    stored.lookAtAll();
    assertThat(looks).hasValue(1);
    assertThat(one.lines).as("nothing has changed").hasSize(1);

    state = new Progress(new State("further"), false);
    stored.lookAtAll();
    assertThat(looks).hasValue(2);
    assertThat(one.lines).hasSize(2).last().asString().contains("further");
    assertThat(other.lines).isEqualTo(one.lines);
  }

  @Test
  void looksAtStoredWorkNoMoreWhenNoStreamFollowsIt() {
    follow("ann", stored.of("import:1", this::look));
    state = new Progress(new State("done"), true);
    stored.lookAtAll();
    looks.set(0);
    stored.lookAtAll();
    assertThat(looks).hasValue(0);
  }

  @Test
  void looksAgainWhenTheServerHadNoThreadForALook() {
    AtomicBoolean busy = new AtomicBoolean(true);
    OpenStreams crowded =
        new OpenStreams(
            task -> {
              if (busy.get()) {
                throw new RejectedExecutionException();
              }
              task.run();
            },
            clock);
    List<Runnable> listeners = new ArrayList<>();
    FakeSse sink = new FakeSse();
    crowded.open(
        new Channel(sink, sink, Json.MAPPER.writer()),
        new CallerRight("ann", () -> true),
        Work.of(
            this::look,
            listener -> {
              listeners.add(listener);
              return () -> listeners.remove(listener);
            }));
    busy.set(false);
    listeners.get(0).run();

    assertThat(sink.lines).hasSize(1);
    sink.close();
    listeners.get(0).run();
    assertThat(crowded.isEmpty()).isTrue();
  }

  /** So signs of life and rights of the others do not wait for it. */
  @Test
  void asksAStreamThatIsLookingForNothingAndDoesNotWaitForIt() {
    follow("ann", Work.of(this::lookInTheMiddleOfWhichTimePasses, listener -> () -> {}));

    assertThat(passed).isTrue();
  }

  private Progress lookInTheMiddleOfWhichTimePasses() {
    Thread tick = new Thread(streams::passTime);
    tick.start();
    try {
      tick.join(30_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    passed.set(!tick.isAlive());
    return look();
  }

  @Test
  void tellsWhatChangesWithoutBeingAsked() {
    List<Runnable> listeners = new ArrayList<>();
    FakeSse sink =
        follow(
            "ann",
            Work.of(
                this::look,
                listener -> {
                  listeners.add(listener);
                  return () -> {};
                }));
    streams.passTime();
    assertThat(sink.lines).hasSize(1);
    state = new Progress(new State("touch"), false);
    listeners.forEach(Runnable::run);
    assertThat(sink.lines).hasSize(2);
  }
}
