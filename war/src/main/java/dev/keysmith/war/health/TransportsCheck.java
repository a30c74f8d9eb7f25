package dev.keysmith.war.health;

import dev.keysmith.core.key.Station;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Says which key transports cannot list their keys. A server without ports still imports, assigns
 * and audits: it stays ready.
 *
 * <p>Anybody may ask, and a look costs the ports something: so there is one every few seconds at
 * most, and the reasons are told by the station's own address, to those who have logged in.
 */
@Readiness
@ApplicationScoped
public class TransportsCheck implements HealthCheck {

  private static final Duration FRESH = Duration.ofSeconds(10);

  @Inject Station station;
  @Inject Clock clock;

  private @Nullable HealthCheckResponse last;
  private Instant looked = Instant.EPOCH;

  @Override
  public synchronized HealthCheckResponse call() {
    HealthCheckResponse known = last;
    Instant now = clock.instant();
    if (known != null && now.isBefore(looked.plus(FRESH)) && !now.isBefore(looked)) {
      return known;
    }
    HealthCheckResponse seen = look();
    last = seen;
    looked = now;
    return seen;
  }

  private HealthCheckResponse look() {
    Station.Look look = station.look();
    return HealthCheckResponse.named("key-transports")
        .up()
        .withData("keys", look.keys().size())
        .withData("failing", String.join(",", look.problems().keySet()))
        .build();
  }
}
