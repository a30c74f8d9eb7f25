package dev.keysmith.core.workflow;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of workflows. */
public enum WorkflowMessage implements MessageCode {
  REASON_GETS_ONE("reason.gets-one"),
  REASON_NO_GROUP("reason.no-group"),
  REASON_FOREIGN("reason.foreign"),
  FIELD_GROUP_ELSEWHERE("field.group-elsewhere", "id"),
  FIELD_NO_GROUP("field.no-group", "id"),
  FIELD_NO_INTEGRATION("field.no-integration"),
  FIELD_NAME_TAKEN("field.name-taken"),
  INVALID("workflow.invalid"),
  BEING_APPLIED("workflow.being-applied", "workflow"),
  DISABLED("workflow.disabled", "workflow"),
  INTEGRATION_FIXED("workflow.integration"),
  NO_SUCH_APPLICATION("workflow-application", "id"),
  UNKNOWN("workflow", "id");

  private final String code;
  private final List<String> parameters;

  WorkflowMessage(String code, String... parameters) {
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
