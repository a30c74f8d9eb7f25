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
    follow(sse, sink, work, () -> {});
  }

  /**
   * Sends progress until the work is finished or the caller goes away.
   *
   * @param work as for {@link #follow(Sse, SseEventSink, Supplier)}
   * @param whenOver run once, when {@code work} is not asked any more; also if this call fails
   */
  public void follow(Sse sse, SseEventSink sink, Supplier<Progress> work, Runnable whenOver) {
    if (open.incrementAndGet() > MAX_STREAMS) {
      end(whenOver);
      throw ProblemException.tooMany(
          "progress.too-many-streams",
          "Too many callers watch progress already. Ask for the state itself now and then.");
    }
    lookAgain(new ProgressStream(sse, sink, work, clock), whenOver);
  }

  private void lookAgain(ProgressStream stream, Runnable whenOver) {
    boolean goesOn = false;
    try {
      if (stream.look()) {
        timer.schedule(() -> lookAgain(stream, whenOver), LOOK_MILLIS, TimeUnit.MILLISECONDS);
        goesOn = true;
      }
    } finally {
      if (!goesOn) {
        end(whenOver);
      }
    }
  }

  private void end(Runnable whenOver) {
    open.decrementAndGet();
    whenOver.run();
  }
}
