package dev.keysmith.core.userlist;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of a list of users and its lines. */
public enum UserListMessage implements MessageCode {
  LINE_REPEATED("import-line.repeated", "line"),
  LINE_UNUSABLE("import-line.unusable"),
  LINE_EMPTY("import-line.empty"),
  TITLES("import.list-titles"),
  LONG("import.list-long", "most"),
  EMPTY("import.list-empty"),
  NO_CSV("import.list-no-csv"),
  NO_TEXT("import.list-no-text"),
  WORKBOOK("import.list-workbook");

  private final String code;
  private final List<String> parameters;

  UserListMessage(String code, String... parameters) {
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
