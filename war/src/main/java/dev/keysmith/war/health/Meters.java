package dev.keysmith.war.health;

import dev.keysmith.core.event.ParkedEvents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The server's own metrics, beside those of the container. */
@ApplicationScoped
public class Meters {

  @Inject MetricRegistry metrics;
  @Inject ParkedEvents parked;

  void register(@Observes @Initialized(ApplicationScoped.class) ServletContext started) {
    metrics.gauge("keysmith_events_parked", parked, ParkedEvents::count);
  }

  /** Counts a request of the API that failed. */
  public void countFailure(int status) {
    metrics.counter("keysmith_api_failures", new Tag("status", Integer.toString(status))).inc();
  }
}
