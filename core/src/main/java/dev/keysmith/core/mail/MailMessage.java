package dev.keysmith.core.mail;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of e-mail. */
public enum MailMessage implements MessageCode {
  ADDRESS_REFUSED("mail.address-refused"),
  CONFIGURATION("mail.configuration", "key"),
  LANGUAGES("mail.languages"),
  NOT_CONFIGURED("mail.not-configured"),
  SECURITY("mail.security", "value"),
  UNAVAILABLE("mail.unavailable", "host", "cause");

  private final String code;
  private final List<String> parameters;

  MailMessage(String code, String... parameters) {
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
