package dev.keysmith.core.access;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What a caller is told who is not let in. */
public enum AccessMessage implements MessageCode {
  ROLE_MISSING("sign-in.role-missing");

  private final String code;
  private final List<String> parameters;

  AccessMessage(String code, String... parameters) {
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
