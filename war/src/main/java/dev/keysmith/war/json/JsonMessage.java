package dev.keysmith.war.json;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of the body of a request. */
public enum JsonMessage implements MessageCode {
  MALFORMED("request.malformed-json", "line", "column"),
  NOT_AN_OBJECT("request.not-an-object"),
  EMPTY("request.no-body"),
  FIELDS("request.invalid-fields", "fields");

  private final String code;
  private final List<String> parameters;

  JsonMessage(String code, String... parameters) {
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
