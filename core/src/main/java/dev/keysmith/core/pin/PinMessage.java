package dev.keysmith.core.pin;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of random PINs. */
enum PinMessage implements MessageCode {
  NONE("key.no-pin-to-show");

  private final String code;
  private final List<String> parameters;

  PinMessage(String code, String... parameters) {
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
