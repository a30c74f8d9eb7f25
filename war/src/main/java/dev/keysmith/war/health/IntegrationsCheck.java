package dev.keysmith.war.health;

import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.page.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says how many integrations failed their last check; it asks nobody anew. A wrong credential is no
 * reason to take the server out of service, for it is corrected there: it stays ready.
 */
@Readiness
@ApplicationScoped
public class IntegrationsCheck implements HealthCheck {

  @Inject Integrations integrations;

  @Override
  public HealthCheckResponse call() {
    List<Integration> all =
        integrations.list(new PageRequest(0, PageRequest.MAX_LIMIT, "", Map.of())).items();
    List<Integration> failing =
        all.stream()
            .filter(Integration::isEnabled)
            .filter(each -> each.lastCheck().map(check -> !check.ok()).orElse(false))
            .toList();
    return HealthCheckResponse.named("integrations")
        .up()
        .withData("configured", all.size())
        .withData("failing", failing.size())
        .withData(
            "failingIds",
            failing.stream().map(each -> Long.toString(each.id())).collect(Collectors.joining(",")))
        .build();
  }
}
