package dev.keysmith.war.panel.page;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of pages of the panel. */
public enum PageMessage implements MessageCode {
  NO_DAY("list.day"),
  NO_SUCH_LOGIN("user.no-such-login"),
  UNKNOWN("page.unknown");

  private final String code;
  private final List<String> parameters;

  PageMessage(String code, String... parameters) {
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
