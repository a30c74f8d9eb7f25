package dev.keysmith.war.rest.list;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of the parameters of a request. */
public enum QueryMessage implements MessageCode {
  PARAMETER("request.query", "parameter"),
  LIMIT("request.limit", "most"),
  PASSKEYS("key.passkeys-word"),
  ZONE("overview.zone");

  private final String code;
  private final List<String> parameters;

  QueryMessage(String code, String... parameters) {
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
