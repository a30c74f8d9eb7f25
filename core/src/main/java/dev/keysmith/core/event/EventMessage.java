package dev.keysmith.core.event;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of events. */
public enum EventMessage implements MessageCode {
  FAULT("event.fault", "type", "where"),
  UNKNOWN_TYPE("event.unknown-type", "type"),
  NO_DEAD_LETTER("event.no-dead-letter");

  private final String code;
  private final List<String> parameters;

  EventMessage(String code, String... parameters) {
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
