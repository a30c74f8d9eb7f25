package dev.keysmith.core.ctap.wire;

/** The commands (CTAP 2.1, section 6). */
public enum CtapCommand {
  MAKE_CREDENTIAL(0x01, "authenticatorMakeCredential"),
  GET_ASSERTION(0x02, "authenticatorGetAssertion"),
  GET_INFO(0x04, "authenticatorGetInfo"),
  CLIENT_PIN(0x06, "authenticatorClientPIN"),
  RESET(0x07, "authenticatorReset"),
  GET_NEXT_ASSERTION(0x08, "authenticatorGetNextAssertion"),
  CREDENTIAL_MANAGEMENT(0x0A, "authenticatorCredentialManagement"),
  SELECTION(0x0B, "authenticatorSelection"),
  CONFIG(0x0D, "authenticatorConfig"),
  /** CTAP 2.1-PRE. */
  CREDENTIAL_MANAGEMENT_PREVIEW(0x41, "authenticatorCredentialManagement (preview)");

  private final int code;
  private final String standardName;

  CtapCommand(int code, String standardName) {
    this.code = code;
    this.standardName = standardName;
  }

  public byte code() {
    return (byte) code;
  }

  public String standardName() {
    return standardName;
  }
}
