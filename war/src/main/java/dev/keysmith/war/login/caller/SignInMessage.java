package dev.keysmith.war.login.caller;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told at sign-in. */
public enum SignInMessage implements MessageCode {
  ACTIVATION_REQUIRED("activation.required"),
  TOKEN_INVALID("login.token-invalid"),
  CROSS_SITE("sign-in.cross-site"),
  CEREMONY_OVER("sign-in.ceremony-over"),
  FAILED("sign-in.failed"),
  NOT_FRESH("sign-in.not-fresh"),
  NO_OPENID("sign-in.no-openid"),
  OPENID_NO_ROLE("sign-in.openid-no-role"),
  OPENID_OVER("sign-in.openid-over"),
  OPENID_REFUSED("sign-in.openid-refused"),
  OPENID_UNAVAILABLE("sign-in.openid-unavailable"),
  OVER("sign-in.over"),
  PASSKEY_OF_ANOTHER("operator.passkey-other");

  private final String code;
  private final List<String> parameters;

  SignInMessage(String code, String... parameters) {
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
