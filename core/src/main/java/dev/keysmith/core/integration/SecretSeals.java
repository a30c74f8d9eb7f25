package dev.keysmith.core.integration;

import dev.keysmith.core.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Seals and opens the secrets of integrations. Each is bound to its integration and its name, so
 * that a sealed secret copied to another place does not open there.
 */
@ApplicationScoped
class SecretSeals {

  @Inject Secrets secrets;

  Map<String, String> seal(long integrationId, Map<String, char[]> clear) {
    Map<String, String> seals = new HashMap<>();
    clear.forEach(
        (name, secret) -> {
          if (secret.length > 0) {
            seals.put(name, secrets.seal(purpose(integrationId, name), secret));
          }
        });
    return seals;
  }

  Map<String, Supplier<char[]>> openers(Integration integration) {
    Map<String, Supplier<char[]>> openers = new HashMap<>();
    integration
        .sealedSecrets()
        .forEach(
            (name, text) ->
                openers.put(name, () -> secrets.open(purpose(integration.id(), name), text)));
    return openers;
  }

  /** The same secrets under the present master key; without those that are under it already. */
  Map<String, String> renewed(Integration integration) {
    Map<String, String> renewed = new HashMap<>();
    integration
        .sealedSecrets()
        .forEach(
            (name, text) ->
                secrets
                    .resealed(purpose(integration.id(), name), text)
                    .ifPresent(again -> renewed.put(name, again)));
    return renewed;
  }

  private static String purpose(long integrationId, String name) {
    return "integration:" + integrationId + ":" + name;
  }
}
