package dev.keysmith.spi.idp;

import dev.keysmith.spi.Bytes;
import java.util.List;
import java.util.Objects;

/**
 * What a security key answered to creation options (WebAuthn Level 3, section 5.2.1).
 *
 * @param clientDataJson the collected client data whose hash the key signed, in UTF-8
 * @param attestationObject CBOR with {@code fmt}, {@code attStmt} and {@code authData}
 * @param transports how the key can be reached, for instance {@code usb}; may be empty
 */
public record AuthenticatorAttestationResponse(
    Bytes clientDataJson, Bytes attestationObject, List<String> transports) {

  /**
   * Copies the list.
   *
   * @param clientDataJson see {@link #clientDataJson()}
   * @param attestationObject see {@link #attestationObject()}
   * @param transports see {@link #transports()}
   */
  public AuthenticatorAttestationResponse {
    Objects.requireNonNull(clientDataJson);
    Objects.requireNonNull(attestationObject);
    transports = List.copyOf(transports);
  }

  /** Without the content, which holds the challenge. */
  @Override
  public String toString() {
    return "AuthenticatorAttestationResponse[" + attestationObject.length() + " bytes]";
  }
}
