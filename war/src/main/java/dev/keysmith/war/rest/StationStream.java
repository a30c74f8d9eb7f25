package dev.keysmith.war.rest;

import dev.keysmith.core.key.Station;
import dev.keysmith.core.key.StationWatch;
import dev.keysmith.war.progress.Progress;
import dev.keysmith.war.progress.ProgressStreams;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.atomic.AtomicReference;

/** What is plugged in, as it comes and goes. */
@ApplicationScoped
class StationStream {

  @Inject Station station;
  @Inject ProgressStreams streams;

  void follow(Sse sse, SseEventSink sink) {
    AtomicReference<StationResource.Look> now = new AtomicReference<>();
    StationWatch watch = station.watch(change -> now.set(StationResource.Look.of(change.now())));
    streams.follow(sse, sink, () -> new Progress(now.get(), false), watch::close);
  }
}
