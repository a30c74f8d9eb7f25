package dev.keysmith.core.webauthn;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told where the answer of a key or of an identity provider breaks a rule of WebAuthn. */
public enum WebAuthnMessage implements MessageCode {
  ANOTHER_AAGUID("key.another-aaguid", "said", "attested"),
  MODEL_UNPROVED("key.model-unproved"),
  NOT_VERIFIED("key.attestation", "cause"),
  RELYING_PARTY("passkey.relying-party", "rpId", "origin", "integration", "places"),
  USER_NOT_VERIFIED("key.not-verified");

  private final String code;
  private final List<String> parameters;

  WebAuthnMessage(String code, String... parameters) {
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
