package dev.keysmith.core.bulk;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of passkeys that are assigned, and of choosing users for them. */
public enum AssignmentMessage implements MessageCode {
  SELECTION_AMBIGUOUS("selection.ambiguous"),
  SELECTION_EMPTY("selection.empty"),
  SELECTION_TOO_MANY("selection.too-many", "most"),
  UNKNOWN("assignment", "id");

  private final String code;
  private final List<String> parameters;

  AssignmentMessage(String code, String... parameters) {
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
