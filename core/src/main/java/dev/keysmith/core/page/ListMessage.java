package dev.keysmith.core.page;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of the parameters of a list. */
enum ListMessage implements MessageCode {
  SORTS("field.sorts", "sorts"),
  FILTERS("field.filters", "filters"),
  PARAMETER("list.parameter", "parameter");

  private final String code;
  private final List<String> parameters;

  ListMessage(String code, String... parameters) {
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
