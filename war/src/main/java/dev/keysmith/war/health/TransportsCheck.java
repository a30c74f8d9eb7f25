package dev.keysmith.war.health;

import dev.keysmith.core.key.Station;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says which key transports cannot list their keys. A server without ports still imports, assigns
 * and audits: it stays ready.
 *
 * <p>Anybody may ask, so it waits for no transport and tells what the last look found, and no
 * reason: those who have logged in find it at the station's own address.
 */
@Readiness
@ApplicationScoped
public class TransportsCheck implements HealthCheck {

  @Inject Station station;

  @Override
  public HealthCheckResponse call() {
    Station.Look look = station.lastLook();
    return HealthCheckResponse.named("key-transports")
        .up()
        .withData("keys", look.keys().size())
        .withData("failing", String.join(",", look.problems().keySet()))
        .build();
  }
}
