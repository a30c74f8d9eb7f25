package dev.keysmith.core.plugin;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of plugins. */
public enum PluginsMessage implements MessageCode {
  UNKNOWN("plugin.unknown", "name", "known");

  private final String code;
  private final List<String> parameters;

  PluginsMessage(String code, String... parameters) {
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
