package dev.keysmith.war.progress;

import dev.keysmith.war.json.Json;
import dev.keysmith.war.text.Texts;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells callers of the progress of long work as server-sent events.
 *
 * <p>Each event {@code progress} holds the whole state. The present one comes first, so that a
 * caller who comes back after an interruption misses nothing that still matters, whatever {@code
 * Last-Event-ID} says. The stream ends with the work, and with the right of its caller.
 */
@ApplicationScoped
public class ProgressStreams {

  private static final long TICK_MILLIS = 1_000;

  @Resource ManagedScheduledExecutorService timer;
  @Inject Clock clock;
  @Inject HttpServletRequest request;

  private final StoredWork stored = new StoredWork();
  private OpenStreams streams;
  private boolean ticking;

  @PostConstruct
  void begin() {
    streams = new OpenStreams(task -> timer.execute(task), clock);
  }

  /**
   * Sends progress until the work is finished, the caller goes away or has no right any more.
   *
   * @param right is asked now and then, so that the stream of one who has lost it ends
   */
  public void follow(Sse sse, SseEventSink sink, CallerRight right, Work work) {
    streams.open(new Channel(sse, sink, Json.writer(Texts.of(request))), right, work);
    tickWhileAnyIsOpen();
  }

  /**
   * Work whose state is in the database: this node looks once a second, however many follow.
   *
   * @param name tells it from other work
   * @param look reads its state
   */
  public Work stored(String name, Supplier<Progress> look) {
    return stored.of(name, look);
  }

  private synchronized void tickWhileAnyIsOpen() {
    if (!ticking) {
      timer.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
      ticking = true;
    }
  }

  private void tick() {
    try {
      stored.lookAtAll();
      streams.passTime();
    } finally {
      goOn();
    }
  }

  private synchronized void goOn() {
    ticking = false;
    if (!streams.isEmpty()) {
      tickWhileAnyIsOpen();
    }
  }
}
