package dev.keysmith.core.seal;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of rows that were changed outside Keysmith. */
public enum SealMessage implements MessageCode {
  CHANGED_OUTSIDE("row.changed-outside"),
  INTEGRATION("row.integration"),
  NOT_CHANGED("row.not-changed");

  private final String code;
  private final List<String> parameters;

  SealMessage(String code, String... parameters) {
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
