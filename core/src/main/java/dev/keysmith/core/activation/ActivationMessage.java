package dev.keysmith.core.activation;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of activation codes. */
public enum ActivationMessage implements MessageCode {
  ISSUED_MEANWHILE("activation.issued-meanwhile", "login"),
  NO_EMAIL("activation.no-email", "login"),
  NO_SERVER_ADDRESS("mail.no-address-of-ours"),
  REDEEMED_ELSEWHERE("activation.redeemed-elsewhere"),
  SHEET_SIZE("activation.sheet-size", "most", "users"),
  UNKNOWN("activation-code", "id"),
  USED_UP("activation.used-up"),
  USER_LEFT("activation.user-left", "login"),
  WRONG_CODE("activation.code"),
  WRONG_PINS("activation.wrong-pins");

  private final String code;
  private final List<String> parameters;

  ActivationMessage(String code, String... parameters) {
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
