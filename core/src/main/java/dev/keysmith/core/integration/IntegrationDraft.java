package dev.keysmith.core.integration;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An integration as an administrator enters it.
 *
 * @param label what people know it by, 1 to 64 characters
 * @param plugin name of the identity provider plugin; cannot be changed later
 * @param domains custom domains of the identity provider, for which passkeys may be made as well;
 *     null to leave them as they are
 * @param texts the settings that are no secrets, by name
 * @param secrets by name; when an integration is changed, one that is left out stays as it is, and
 *     an empty one is removed. The arrays stay the caller's, who overwrites them with zeros
 */
public record IntegrationDraft(
    String label,
    String plugin,
    @Nullable List<String> domains,
    Map<String, String> texts,
    Map<String, char[]> secrets) {

  /** Without a word about domains. */
  public IntegrationDraft(
      String label, String plugin, Map<String, String> texts, Map<String, char[]> secrets) {
    this(label, plugin, null, texts, secrets);
  }

  /** Without the settings: what an administrator enters may be secret. */
  @Override
  public String toString() {
    return "IntegrationDraft[label=" + label + ", plugin=" + plugin + "]";
  }
}
