package dev.keysmith.war.progress;

import dev.keysmith.core.problem.ProblemException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Tells callers of the progress of long work as server-sent events.
 *
 * <p>Each event {@code progress} holds the whole state. The present one comes first, so that a
 * caller who comes back after an interruption misses nothing that still matters, whatever {@code
 * Last-Event-ID} says. The stream ends with the work.
 */
@ApplicationScoped
public class ProgressStreams {

  private static final int MAX_STREAMS = 200;
  private static final long LOOK_MILLIS = 250;

  @Resource ManagedScheduledExecutorService timer;
  @Inject Clock clock;

  private final AtomicInteger open = new AtomicInteger();

  /**
   * Sends progress until the work is finished or the caller goes away.
   *
   * @param work gives the present state, quickly; called from other threads, several times a
   *     second, outside the request
   */
  public void follow(Sse sse, SseEventSink sink, Supplier<Progress> work) {
    if (open.incrementAndGet() > MAX_STREAMS) {
      open.decrementAndGet();
      throw ProblemException.tooMany(
          "progress.too-many-streams",
          "Too many callers watch progress already. Ask for the state itself now and then.");
    }
    lookAgain(new ProgressStream(sse, sink, work, clock));
  }

  private void lookAgain(ProgressStream stream) {
    boolean goesOn = false;
    try {
      goesOn = stream.look();
      if (goesOn) {
        timer.schedule(() -> lookAgain(stream), LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } finally {
      if (!goesOn) {
        open.decrementAndGet();
      }
    }
  }
}
