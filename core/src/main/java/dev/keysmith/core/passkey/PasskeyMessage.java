package dev.keysmith.core.passkey;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of passkeys and their enrolment. */
public enum PasskeyMessage implements MessageCode {
  CHANGED_OUTSIDE("passkey.changed-outside"),
  REASON_CHANGED("reason.changed-outside"),
  REASON_PROMISED("reason.promised"),
  REASON_ACTIVE("reason.active"),
  REASON_LEFT("reason.left"),
  REASON_ASSIGNED("reason.assigned"),
  ALREADY_ASSIGNED("passkey.already-assigned", "login"),
  FOREIGN_INTEGRATION("passkey.foreign-integration", "login"),
  STATE("passkey.state", "verb", "id", "state"),
  UNKNOWN("passkey", "id"),
  USER_LEFT("passkey.user-left", "login");

  private final String code;
  private final List<String> parameters;

  PasskeyMessage(String code, String... parameters) {
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
