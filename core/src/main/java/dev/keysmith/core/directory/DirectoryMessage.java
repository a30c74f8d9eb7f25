package dev.keysmith.core.directory;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of users and groups. */
public enum DirectoryMessage implements MessageCode {
  LEFT("user.left", "login"),
  NO_SUCH_GROUP("group.unknown", "id"),
  NO_SUCH_USER("user.unknown", "id"),
  NO_SUCH_USER_HERE("user", "id");

  private final String code;
  private final List<String> parameters;

  DirectoryMessage(String code, String... parameters) {
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
