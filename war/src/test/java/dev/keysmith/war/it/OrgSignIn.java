package dev.keysmith.war.it;

import dev.keysmith.war.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A sign-in to the practice org, as a browser does it around what a security key signs. */
final class OrgSignIn {

  private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

  private final Api org;
  private final String id;
  private final byte[] clientData;

  private OrgSignIn(Api org, String id, byte[] clientData) {
    this.org = org;
    this.id = id;
    this.clientData = clientData;
  }

  /** Fetches a challenge. */
  static OrgSignIn start(String origin) {
    Api org = Api.anonymous(URI.create(origin));
    JsonNode started = org.post("/practice/signin/start", Map.of()).json();
    String challenge = started.required("publicKey").required("challenge").asString();
    Map<String, String> clientData =
        Map.of("type", "webauthn.get", "challenge", challenge, "origin", origin);
    return new OrgSignIn(
        org,
        started.required("id").asString(),
        Json.MAPPER.writeValueAsString(clientData).getBytes(StandardCharsets.UTF_8));
  }

  /** What the security key signs. */
  byte[] clientDataHash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(clientData);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Hands an assertion in.
   *
   * @param assertion authenticator data as a CBOR byte string, signature, and user handle
   * @return what the org says
   */
  JsonNode finish(List<byte[]> assertion, byte[] credentialId) {
    String encodedId = BASE64_URL.encodeToString(credentialId);
    byte[] wrapped = assertion.get(0);
    Map<String, String> response =
        Map.of(
            "clientDataJSON", BASE64_URL.encodeToString(clientData),
            "authenticatorData", BASE64_URL.encodeToString(unwrapped(wrapped)),
            "signature", BASE64_URL.encodeToString(assertion.get(1)),
            "userHandle", BASE64_URL.encodeToString(assertion.get(2)));
    Map<String, Object> credential =
        Map.of(
            "id", encodedId,
            "rawId", encodedId,
            "type", "public-key",
            "response", response,
            "clientExtensionResults", Map.of());
    return org.post("/practice/signin/finish", Map.of("id", id, "credential", credential)).json();
  }

  /** A CBOR byte string of 24 to 255 bytes begins with 0x58 and its length (RFC 8949, 3.1). */
  private static byte[] unwrapped(byte[] cbor) {
    if (cbor[0] != 0x58 || (cbor[1] & 0xFF) != cbor.length - 2) {
      throw new AssertionError("Not a CBOR byte string: " + Arrays.toString(cbor));
    }
    return Arrays.copyOfRange(cbor, 2, cbor.length);
  }
}
