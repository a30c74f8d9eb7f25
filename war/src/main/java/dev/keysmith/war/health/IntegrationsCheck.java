package dev.keysmith.war.health;

import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says how many integrations failed their last check; it starts no new check. A wrong credential is
 * no reason to take the server out of service, for it is corrected there: it stays ready.
 */
@Readiness
@ApplicationScoped
public class IntegrationsCheck implements HealthCheck {

  @Inject Integrations integrations;

  @Override
  public HealthCheckResponse call() {
    List<Integration> all =
        integrations.list(new PageRequest(0, PageRequest.MAX_LIMIT, "", Map.of())).items();
    long failing =
        all.stream()
            .filter(Integration::isEnabled)
            .filter(each -> each.lastCheck().map(check -> !check.ok()).orElse(false))
            .count();
    return HealthCheckResponse.named("integrations")
        .up()
        .withData("configured", all.size())
        .withData("failing", failing)
        .build();
  }
}
