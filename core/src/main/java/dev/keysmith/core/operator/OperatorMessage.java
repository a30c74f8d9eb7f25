package dev.keysmith.core.operator;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of operators, their passkeys, passwords and set-up links. */
public enum OperatorMessage implements MessageCode {
  PASSWORD_EASY("field.password-easy"),
  PASSWORD_LOGIN("field.password-login"),
  PASSWORD_DIFFERENT("field.password-different", "fewest"),
  FIELD_LOGIN("field.login"),
  NAMES("operator.names"),
  PASSWORD("operator.password"),
  DISABLED("operator.disabled"),
  EXTERNAL("operator.external", "login"),
  LAST_ADMINISTRATOR("operator.last-administrator", "login"),
  LAST_WAY_IN("operator.last-way-in"),
  LOGIN_TAKEN("operator.login-taken", "login"),
  NO_PASSKEY("operator.no-passkey", "most"),
  NO_SET_UP("operator.no-set-up", "login"),
  ONESELF("operator.oneself"),
  PASSKEYS_ONLY("sign-in.passkeys-only"),
  PASSKEY_KNOWN("operator.passkey-known"),
  PASSKEY_LABEL("operator.passkey-label"),
  PASSKEY_NOT_VERIFIED("operator.passkey", "cause"),
  PASSKEY_OWNER("operator.passkey-owner"),
  PASSKEY_UNKNOWN("operator.passkey-unknown"),
  PASSWORD_WRONG("operator.password-wrong"),
  SET_UP_LINK("operator.set-up-link"),
  SIGN_IN_BUSY("sign-in.busy"),
  UNKNOWN("operator.not-found", "id");

  private final String code;
  private final List<String> parameters;

  OperatorMessage(String code, String... parameters) {
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
