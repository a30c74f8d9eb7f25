package dev.keysmith.core.integration;

import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.seal.Inspection;
import dev.keysmith.core.seal.SealingBegun;
import dev.keysmith.core.seal.Seals;
import dev.keysmith.core.secret.SecretException;
import dev.keysmith.core.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Seals and opens the secrets of integrations. Each is bound to its integration, its name, the
 * plugin, all settings and domains: copied to another place, or with another address to be sent to,
 * it does not open.
 */
@ApplicationScoped
class SecretSeals {

  private static final Logger LOG = System.getLogger(SecretSeals.class.getName());
  private static final String ROW = "integration";

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Secrets secrets;
  @Inject Seals seals;
  @Inject Plugins plugins;

  Map<String, String> seal(Integration integration, Map<String, char[]> clear) {
    Map<String, String> seals = new HashMap<>();
    clear.forEach(
        (name, secret) -> {
          if (secret.length > 0) {
            seals.put(name, secrets.seal(purpose(integration, name), bound(integration), secret));
          }
        });
    return seals;
  }

  /**
   * Seals the integration itself, with the names of its secrets: where they were all taken away,
   * none is there that would not open. To be called when its values are the server's.
   */
  void sealRow(Integration integration) {
    integration.sealAs(seals.seal(ROW, row(integration)));
  }

  private static List<String> row(Integration integration) {
    List<String> row = new ArrayList<>();
    row.add(Long.toString(integration.id()));
    row.add(integration.origin().orElse("none"));
    row.add(Boolean.toString(integration.isEnabled()));
    row.add(String.join("\n", new TreeSet<>(integration.secretNames())));
    row.addAll(bound(integration));
    return row;
  }

  Map<String, Supplier<char[]>> openers(Integration integration) {
    Map<String, Supplier<char[]>> openers = new HashMap<>();
    List<String> bound = bound(integration);
    integration
        .sealedSecrets()
        .forEach(
            (name, text) ->
                openers.put(name, () -> secrets.open(purpose(integration, name), bound, text)));
    return openers;
  }

  /** Some of the secrets in clear, to be sealed for other settings. The caller erases them. */
  Map<String, char[]> opened(Integration integration, Set<String> names) {
    Map<String, char[]> clear = new HashMap<>();
    openers(integration)
        .forEach(
            (name, opener) -> {
              if (names.contains(name)) {
                clear.put(name, opener.get());
              }
            });
    return clear;
  }

  /** Whether all secrets were entered for these settings, and its address is from them. */
  boolean hold(Integration integration) {
    return seals.holds(integration.rowSeal(), ROW, row(integration)) && fits(integration);
  }

  /** The same without the seal of the row. */
  private boolean fits(Integration integration) {
    if (!hasItsOrigin(integration)) {
      return false;
    }
    try {
      openers(integration).values().forEach(opener -> Arrays.fill(opener.get(), '\0'));
      return true;
    } catch (SecretException e) {
      return false;
    }
  }

  /** The origin has a column of its own, to find doubles; no secret is bound to the column. */
  private boolean hasItsOrigin(Integration integration) {
    return plugins.identityProviders().stream()
        .filter(plugin -> plugin.name().equals(integration.plugin()))
        .allMatch(
            plugin ->
                SettingsCheck.origin(plugin.settings(), integration.settings())
                    .equals(integration.origin()));
  }

  /**
   * Refuses settings that others than the server have written.
   *
   * @throws ProblemException {@code CONFLICT}
   */
  void requireHeld(Integration integration) {
    if (!hold(integration)) {
      LOG.log(Level.ERROR, "The integration {0} was changed outside Keysmith", integration.id());
      throw ProblemException.conflict(IntegrationMessage.CHANGED_OUTSIDE, integration.label());
    }
  }

  /** The same secrets under the present master key; without those that are under it already. */
  Map<String, String> renewed(Integration integration) {
    Map<String, String> renewed = new HashMap<>();
    if (hold(integration)) {
      integration
          .sealedSecrets()
          .forEach(
              (name, text) ->
                  secrets
                      .resealed(purpose(integration, name), bound(integration), text)
                      .ifPresent(again -> renewed.put(name, again)));
    }
    return renewed;
  }

  /** Binds the secrets that an older version has sealed to the settings that are there now. */
  @Transactional(TxType.MANDATORY)
  void bindOlder(@Observes SealingBegun begun) {
    if (!begun.lacks(SealingBegun.ALL)) {
      return;
    }
    for (Integration each : all()) {
      if (begun.lacks(SealingBegun.OPERATORS)) {
        bind(each);
        sealRow(each);
      } else if (fits(each)) {
        sealRow(each);
      }
    }
  }

  private void bind(Integration each) {
    Map<String, char[]> clear = new HashMap<>();
    try {
      each.sealedSecrets()
          .forEach((name, text) -> clear.put(name, secrets.open(purpose(each, name), text)));
      each.seal(seal(each, clear), each.secretNames());
    } catch (SecretException e) {
      LOG.log(Level.ERROR, "The secrets of integration {0} cannot be opened", each.id());
    } finally {
      clear.values().forEach(secret -> Arrays.fill(secret, '\0'));
    }
  }

  @Transactional(TxType.MANDATORY)
  void inspect(@Observes Inspection inspection) {
    all().stream()
        .filter(each -> !hold(each))
        .forEach(each -> inspection.report("integration", each.id(), each.label()));
  }

  private List<Integration> all() {
    return entities.createQuery("select i from Integration i", Integration.class).getResultList();
  }

  private static String purpose(Integration integration, String name) {
    return "integration:" + integration.id() + ":" + name;
  }

  private static List<String> bound(Integration integration) {
    List<String> bound = new ArrayList<>();
    bound.add(integration.plugin());
    bound.add(String.join(" ", integration.domains()));
    new TreeMap<>(integration.settings())
        .forEach(
            (name, value) -> {
              bound.add(name);
              bound.add(value);
            });
    return bound;
  }
}
