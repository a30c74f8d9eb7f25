package dev.keysmith.core.integration;

import dev.keysmith.core.plugin.Once;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The instances in use, one per integration, made anew when its settings have changed.
 *
 * <p>One that was replaced is closed a little later: calls that are under way end within a minute,
 * and each call asks for the instance anew. No lock is held while a plugin is called.
 */
@ApplicationScoped
class OpenProviders {

  private static final Duration GRACE = Duration.ofMinutes(2);

  private record Open(int revision, Once<IdentityProvider> provider) {}

  private record Retired(Instant at, Once<IdentityProvider> provider) {}

  private final Map<Long, Open> open = new HashMap<>();
  private final Queue<Retired> retired = new ArrayDeque<>();

  @Inject Plugins plugins;
  @Inject SecretSeals seals;
  @Inject Clock clock;

  IdentityProvider open(Integration integration) {
    close(retiredBefore(clock.instant().minus(GRACE)));
    Open present = present(integration);
    try {
      return present.provider().get();
    } catch (RuntimeException e) {
      forget(integration.id(), present);
      throw e;
    }
  }

  private synchronized Open present(Integration integration) {
    Open present = open.get(integration.id());
    if (present != null && present.revision() == integration.revision()) {
      return present;
    }
    seals.requireHeld(integration);
    ProviderParameters blueprint =
        new ProviderParameters(
            integration.plugin(), integration.settings(), seals.openers(integration));
    forget(integration.id());
    Open made = new Open(integration.revision(), new Once<>(() -> blueprint.make(plugins)));
    open.put(integration.id(), made);
    return made;
  }

  /** The next caller tries anew. */
  private synchronized void forget(long integrationId, Open failed) {
    open.remove(integrationId, failed);
  }

  /** Closes the instance once no call can be using it any more. */
  synchronized void forget(long integrationId) {
    Open old = open.remove(integrationId);
    if (old != null) {
      retired.add(new Retired(clock.instant(), old.provider()));
    }
  }

  private synchronized List<Once<IdentityProvider>> retiredBefore(Instant end) {
    List<Once<IdentityProvider>> over = new ArrayList<>();
    while (!retired.isEmpty() && !retired.element().at().isAfter(end)) {
      over.add(retired.remove().provider());
    }
    return over;
  }

  private static void close(List<Once<IdentityProvider>> providers) {
    providers.forEach(provider -> provider.made().ifPresent(IdentityProvider::close));
  }

  void stop(@Observes ServerStopping stopping) {
    closeAll();
  }

  @PreDestroy
  void closeAll() {
    close(taken());
  }

  private synchronized List<Once<IdentityProvider>> taken() {
    List<Once<IdentityProvider>> taken = new ArrayList<>();
    open.values().forEach(each -> taken.add(each.provider()));
    open.clear();
    taken.addAll(retiredBefore(Instant.MAX));
    return taken;
  }
}
