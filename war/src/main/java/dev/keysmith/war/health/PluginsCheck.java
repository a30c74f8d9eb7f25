package dev.keysmith.war.health;

import dev.keysmith.core.plugin.BrokenPlugin;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.plugin.guard.PluginFault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says which plugins are broken or hang. It calls none of them. The rest of the server works, so it
 * stays ready, and says that it is degraded; the reasons are told to those who have logged in.
 */
@Readiness
@ApplicationScoped
public class PluginsCheck implements HealthCheck {

  @Inject Plugins plugins;

  @Override
  public HealthCheckResponse call() {
    String failing =
        Stream.concat(
                plugins.broken().stream().map(BrokenPlugin::source),
                plugins.faults().stream().map(PluginFault::plugin))
            .distinct()
            .sorted()
            .collect(Collectors.joining(","));
    return HealthCheckResponse.named("plugins")
        .up()
        .withData("state", failing.isEmpty() ? "ok" : "degraded")
        .withData("failing", failing)
        .build();
  }
}
