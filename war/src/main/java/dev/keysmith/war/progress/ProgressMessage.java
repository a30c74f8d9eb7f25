package dev.keysmith.war.progress;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of event streams. */
enum ProgressMessage implements MessageCode {
  TOO_MANY("progress.too-many-streams"),
  TOO_MANY_OF_YOURS("progress.too-many-of-yours", "most");

  private final String code;
  private final List<String> parameters;

  ProgressMessage(String code, String... parameters) {
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
