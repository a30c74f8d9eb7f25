package dev.keysmith.core.key;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of security keys and their PINs. */
public enum KeyMessage implements MessageCode {
  ABSENT("key.absent"),
  ASSET_TAG("key.asset-tag", "most"),
  NOT_GIVEN_OUT("key.not-given-out", "state"),
  NOT_INITIALISED("key.not-initialised"),
  NOT_IN_STOCK("key.not-in-stock", "state"),
  NO_SERIAL_NUMBER("key.no-serial-number"),
  NO_SUCH_TRANSPORT("transport", "name"),
  OUT_OF_USE("key.out-of-use", "state"),
  OWNED_BY_OTHER("key.owned-by-other"),
  PIN_BLOCKED("key.pin-blocked"),
  PIN_PAUSED("key.pin-paused"),
  PIN_REFUSED("key.pin"),
  PIN_WRONG("key.pin-wrong", "attempts"),
  PIN_WRONG_UNCOUNTED("key.pin-wrong-uncounted"),
  REGISTERED("key.registered"),
  SESSION_CANCELLED("key.session-cancelled"),
  UNKNOWN("key", "id");

  private final String code;
  private final List<String> parameters;

  KeyMessage(String code, String... parameters) {
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
