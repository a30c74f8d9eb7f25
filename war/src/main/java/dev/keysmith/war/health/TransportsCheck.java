package dev.keysmith.war.health;

import dev.keysmith.core.key.Station;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says which key transports cannot list their keys, and why. A server without ports still imports,
 * assigns and audits: it stays ready.
 */
@Readiness
@ApplicationScoped
public class TransportsCheck implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(TransportsCheck.class.getName());

  @Inject Station station;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("key-transports").up();
    try {
      station.look().problems().forEach(answer::withData);
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "A key transport fails in a way that no plugin may", e);
      answer.withData("fault", "A key transport is broken; the log says more");
    }
    return answer.build();
  }
}
