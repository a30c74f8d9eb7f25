package dev.keysmith.okta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Makes what a security key answers, as far as the plugin looks at it. */
final class Attestations {

  private Attestations() {}

  static AuthenticatorAttestationResponse of(Bytes credentialId, String clientData) {
    ByteBuffer data = ByteBuffer.allocate(55 + credentialId.length() + 3);
    data.position(53);
    data.putShort((short) credentialId.length()).put(credentialId.toArray());
    try {
      byte[] attestationObject =
          new CBORMapper()
              .writeValueAsBytes(
                  Map.of("fmt", "none", "attStmt", Map.of(), "authData", data.array()));
      return new AuthenticatorAttestationResponse(
          Bytes.of(clientData.getBytes(StandardCharsets.UTF_8)),
          Bytes.of(attestationObject),
          List.of("usb"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
