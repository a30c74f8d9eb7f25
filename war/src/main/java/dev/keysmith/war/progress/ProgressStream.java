package dev.keysmith.war.progress;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;

/** One caller who watches one piece of work. Sends what has changed. */
final class ProgressStream {

  /** Keeps proxies from ending a quiet connection, and finds out that the caller is gone. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** The caller then asks again, as a browser's EventSource does by itself. */
  static final Duration LONGEST = Duration.ofHours(1);

  /** The right of a caller is asked for again after this time, and before anything new is told. */
  static final Duration RIGHT_LASTS = Duration.ofSeconds(20);

  private static final Logger LOG = Logger.getLogger(ProgressStream.class.getName());

  private final Sse sse;
  private final SseEventSink sink;
  private final CallerRight right;
  private final Work work;
  private final ObjectWriter writer;
  private final Clock clock;
  private final Instant ends;

  /** Held during a look, which may take as long as the work and the right need to be found out. */
  private final ReentrantLock looking = new ReentrantLock();

  private CompletionStage<?> sending = CompletableFuture.completedStage(null);
  private @Nullable Object told;
  private Instant spoke;
  private Instant asked;
  private long events;

  /** Whether there may be something to tell that could not be told yet. */
  private boolean lags;

  ProgressStream(Channel channel, CallerRight right, Work work, Clock clock) {
    this.sse = channel.sse();
    this.sink = channel.sink();
    this.writer = channel.writer();
    this.right = right;
    this.work = work;
    this.clock = clock;
    this.spoke = clock.instant();
    this.asked = spoke;
    this.ends = spoke.plus(LONGEST);
  }

  /**
   * Whether something is to be done although nothing may have changed. Never waits: during a look,
   * all that is due is being done.
   */
  boolean isDue() {
    if (!looking.tryLock()) {
      return false;
    }
    try {
      return isDueByTime();
    } finally {
      looking.unlock();
    }
  }

  private boolean isDueByTime() {
    Instant now = clock.instant();
    return sink.isClosed()
        || !now.isBefore(spoke.plus(HEARTBEAT))
        || !now.isBefore(asked.plus(RIGHT_LASTS))
        || !now.isBefore(ends)
        || lags;
  }

  private boolean rightIsToBeAskedFor() {
    return !clock.instant().isBefore(asked.plus(RIGHT_LASTS));
  }

  /** Ends the stream of a caller who has lost the right to it. */
  private boolean hasNoRight() {
    asked = clock.instant();
    if (right.holds().getAsBoolean()) {
      return false;
    }
    sink.close();
    return true;
  }

  /** The first state is told by the right that the request was let in with. */
  private boolean isNews(Progress progress) {
    return told != null && !progress.state().equals(told);
  }

  /** Looks once. Returns false if the stream has ended. */
  boolean look() {
    looking.lock();
    try {
      return lookNow();
    } finally {
      looking.unlock();
    }
  }

  private boolean lookNow() {
    if (sink.isClosed()) {
      return false;
    }
    lags = !sending.toCompletableFuture().isDone();
    try {
      if (rightIsToBeAskedFor() && hasNoRight()) {
        return false;
      }
      return lags ? goesOnWithoutReader() : lookAndTell();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A progress stream ends early: the work cannot be looked at", e);
      sink.close();
      return false;
    }
  }

  /** A caller who reads nothing holds a place no longer than others. */
  private boolean goesOnWithoutReader() {
    if (clock.instant().isBefore(ends)) {
      return true;
    }
    sink.close();
    return false;
  }

  private boolean lookAndTell() {
    Progress progress = work.look();
    return !(isNews(progress) && hasNoRight()) && tell(progress);
  }

  private boolean tell(Progress progress) {
    Instant now = clock.instant();
    if (!progress.state().equals(told)) {
      send(event(progress.state()), now);
      told = progress.state();
    } else if (!now.isBefore(spoke.plus(HEARTBEAT))) {
      send(sse.newEventBuilder().comment("still there").build(), now);
    }
    if (progress.finished() || !now.isBefore(ends)) {
      sending.whenComplete((sent, failure) -> sink.close());
      return false;
    }
    return true;
  }

  private OutboundSseEvent event(Object state) {
    return sse.newEventBuilder()
        .id(Long.toString(++events))
        .name("progress")
        .data(String.class, writer.writeValueAsString(state))
        .build();
  }

  private void send(OutboundSseEvent event, Instant now) {
    sending = sink.send(event);
    spoke = now;
  }
}
