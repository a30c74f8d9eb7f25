package dev.keysmith.war.health;

import dev.keysmith.core.event.DeadLetters;
import dev.keysmith.core.event.EventType;
import dev.keysmith.core.event.EventTypes;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.util.Map;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The server's own metrics, beside those of the container. */
@ApplicationScoped
public class ServerMetrics {

  @Inject MetricRegistry metrics;
  @Inject DeadLetters letters;
  @Inject Passkeys passkeys;

  void register(@Observes @Initialized(ApplicationScoped.class) ServletContext started) {
    metrics.gauge(
        metadata("keysmith_dead_letters", "Events that wait for an administrator"),
        letters,
        DeadLetters::count);
    for (Passkey.State state : Passkey.State.values()) {
      metrics.gauge(
          metadata("keysmith_passkeys", "Passkeys by state"),
          () -> count(state),
          new Tag("state", state.name()));
    }
  }

  private long count(Passkey.State state) {
    return passkeys.list(new PageRequest(0, 1, "", Map.of("state", state.name()))).total();
  }

  /** Counts an event each time that it is fired: a retry is a delivery of its own. */
  void delivered(@Observes Record event) {
    if (event.getClass().isAnnotationPresent(EventType.class)) {
      String type = EventTypes.nameOf(event.getClass());
      metrics
          .counter(
              metadata("keysmith_events_delivered", "Deliveries of events, repeated ones too"),
              new Tag("type", type))
          .inc();
    }
  }

  /** Counts a request of the API that failed. */
  public void countFailure(int status) {
    metrics
        .counter(
            metadata("keysmith_api_failures", "Requests of the API that failed, by HTTP status"),
            new Tag("status", Integer.toString(status)))
        .inc();
  }

  private static Metadata metadata(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }
}
