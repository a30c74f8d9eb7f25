package dev.keysmith.war.rest.key;

import dev.keysmith.core.key.Station;
import dev.keysmith.war.progress.CallerRight;
import dev.keysmith.war.progress.Progress;
import dev.keysmith.war.progress.ProgressStreams;
import dev.keysmith.war.progress.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is plugged in, as it comes and goes. */
@ApplicationScoped
public class StationStream {

  @Inject Station station;
  @Inject ProgressStreams streams;

  /**
   * Sends what a caller may see of each state.
   *
   * @param shown makes that of what is there; called once for each state, on a thread that may wait
   */
  public void follow(
      Sse sse, SseEventSink sink, CallerRight right, Function<Station.Look, Record> shown) {
    AtomicReference<Station.Look> now = new AtomicReference<>();
    AtomicReference<Shown> last = new AtomicReference<>();
    Supplier<Progress> look =
        () -> {
          Station.Look present = now.get();
          Shown before = last.get();
          if (before == null || before.look() != present) {
            before = new Shown(present, shown.apply(present));
            last.set(before);
          }
          return new Progress(before.as(), false);
        };
    streams.follow(
        sse,
        sink,
        right,
        Work.of(
            look,
            changed ->
                station.watch(
                        change -> {
                          now.set(change.now());
                          changed.run();
                        })
                    ::close));
  }

  private record Shown(Station.Look look, Record as) {}
}
