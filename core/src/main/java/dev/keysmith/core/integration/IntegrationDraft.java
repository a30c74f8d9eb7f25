package dev.keysmith.core.integration;

import java.util.Map;

/**
 * An integration as an administrator enters it.
 *
 * @param label what people know it by, 1 to 64 characters
 * @param plugin name of the identity provider plugin; cannot be changed later
 * @param texts the settings that are no secrets, by name
 * @param secrets by name; when an integration is changed, one that is left out stays as it is, and
 *     an empty one is removed. The arrays stay the caller's, who overwrites them with zeros
 */
public record IntegrationDraft(
    String label, String plugin, Map<String, String> texts, Map<String, char[]> secrets) {

  /** Without the settings: what an administrator enters may be secret. */
  @Override
  public String toString() {
    return "IntegrationDraft[label=" + label + ", plugin=" + plugin + "]";
  }
}
