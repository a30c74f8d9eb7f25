package dev.keysmith.core.apitoken;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of API tokens. */
public enum TokenMessage implements MessageCode {
  EXPIRED("token.expired"),
  LABEL("token.label"),
  LAST_ADMINISTRATOR("token.last-administrator"),
  UNKNOWN("token.not-found", "id");

  private final String code;
  private final List<String> parameters;

  TokenMessage(String code, String... parameters) {
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
