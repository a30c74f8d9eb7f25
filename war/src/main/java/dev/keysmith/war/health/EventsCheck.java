package dev.keysmith.war.health;

import dev.keysmith.core.event.DeadLetters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says how many events wait for an operator. They are no reason to take the server out of service:
 * it stays ready.
 */
@Readiness
@ApplicationScoped
public class EventsCheck implements HealthCheck {

  @Inject DeadLetters letters;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("events")
        .up()
        .withData("deadLetters", letters.count())
        .build();
  }
}
