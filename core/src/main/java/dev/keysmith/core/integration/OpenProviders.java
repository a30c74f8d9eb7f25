package dev.keysmith.core.integration;

import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.server.ServerStopping;
import dev.keysmith.spi.idp.IdentityProvider;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The instances in use, one per integration, made anew when its settings have changed.
 *
 * <p>One that was replaced is closed a little later: calls that are under way end within a minute,
 * and whoever calls asks for the instance each time.
 */
@ApplicationScoped
class OpenProviders {

  private static final Logger LOG = Logger.getLogger(OpenProviders.class.getName());
  private static final Duration GRACE = Duration.ofMinutes(2);

  private record Open(int revision, IdentityProvider provider) {}

  private record Retired(Instant at, IdentityProvider provider) {}

  private final Map<Long, Open> open = new HashMap<>();
  private final Queue<Retired> retired = new ArrayDeque<>();

  @Inject Plugins plugins;
  @Inject SecretSeals seals;
  @Inject Clock clock;

  synchronized IdentityProvider open(Integration integration) {
    closeRetired(clock.instant().minus(GRACE));
    Open present = open.get(integration.id());
    if (present != null && present.revision() == integration.revision()) {
      return present.provider();
    }
    IdentityProvider provider =
        new Blueprint(integration.plugin(), integration.settings(), seals.openers(integration))
            .make(plugins);
    forget(integration.id());
    open.put(integration.id(), new Open(integration.revision(), provider));
    return provider;
  }

  /** Closes the instance once nobody can be using it any more. */
  synchronized void forget(long integrationId) {
    Open old = open.remove(integrationId);
    if (old != null) {
      retired.add(new Retired(clock.instant(), old.provider()));
    }
  }

  private void closeRetired(Instant before) {
    while (!retired.isEmpty() && !retired.element().at().isAfter(before)) {
      close(retired.remove().provider());
    }
  }

  static void close(IdentityProvider provider) {
    try {
      provider.close();
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "An identity provider could not be closed", e);
    }
  }

  void stop(@Observes ServerStopping stopping) {
    closeAll();
  }

  @PreDestroy
  synchronized void closeAll() {
    open.values().forEach(old -> close(old.provider()));
    open.clear();
    closeRetired(Instant.MAX);
  }
}
