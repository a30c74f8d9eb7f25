package dev.keysmith.core.imports;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of imports. */
public enum ImportMessage implements MessageCode {
  USER_EMAIL("skipped.email"),
  USER_NAME("skipped.name"),
  USER_LOGIN("skipped.login"),
  USER_ID("skipped.id"),
  USER_REFUSED("skipped.refused", "text"),
  USER_LEFT("skipped.left"),
  USER_UNKNOWN("skipped.unknown"),
  NO_END("import.no-end"),
  NOTES("import.notes", "earlier", "later"),
  DOUBT("import.doubt", "listed", "missing"),
  NO_GROUP_CHOSEN("import.no-group-chosen", "group"),
  NO_GROUP("import.no-group", "group"),
  GIVEN_UP("import.given-up", "why"),
  CANNOT_GO_ON("import.cannot-go-on"),
  GROUPS_MISSING("import.groups"),
  LIST_MISSING("import.list"),
  UNDER_WAY("import.under-way", "integration"),
  UNKNOWN("import.unknown", "id");

  private final String code;
  private final List<String> parameters;

  ImportMessage(String code, String... parameters) {
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
