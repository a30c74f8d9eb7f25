package dev.keysmith.core.integration;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of integrations. */
public enum IntegrationMessage implements MessageCode {
  WORKS("integration.works", "text"),
  FIELD_NEEDED("field.needed"),
  FIELD_NO_SETTING("field.no-setting"),
  FIELD_DOMAINS("field.domains"),
  SETTINGS("integration.settings"),
  CHANGED_OUTSIDE("integration.changed-outside", "integration"),
  DISABLED("integration.disabled", "integration"),
  EXISTS("integration.exists", "integration", "origin"),
  EXISTS_MEANWHILE("integration.exists-meanwhile", "origin"),
  IN_USE("integration.in-use", "integration"),
  PLUGIN_FIXED("integration.plugin"),
  UNKNOWN("integration.unknown", "id");

  private final String code;
  private final List<String> parameters;

  IntegrationMessage(String code, String... parameters) {
    this.code = code;
    this.parameters = List.of(parameters);
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public List<String> parameters() {
    return parameters;
  }
}
