package dev.keysmith.core.custody;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told where a key changes hands and what it holds forbids it. */
public enum CustodyMessage implements MessageCode {
  PASSKEYS_CHANGED("key.passkeys-changed"),
  PASSKEYS_IN_USE("key.passkeys-in-use", "passkeys"),
  PASSKEYS_UNDECIDED("key.passkeys-undecided", "passkeys"),
  REPLACEMENT_REASON("key.replacement-reason");

  private final String code;
  private final List<String> parameters;

  CustodyMessage(String code, String... parameters) {
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
