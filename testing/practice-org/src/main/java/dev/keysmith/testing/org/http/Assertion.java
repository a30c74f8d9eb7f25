package dev.keysmith.testing.org.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A client assertion by {@code private_key_jwt} (RFC 7523, section 2.2). */
record Assertion(JsonNode header, JsonNode claims, byte[] signed, byte[] signature) {

  private static final Duration LONGEST = Duration.ofHours(1);

  static Assertion parse(String jwt) {
    String[] parts = jwt.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("The client_assertion must be a signed JWT.");
    }
    Base64.Decoder decoder = Base64.getUrlDecoder();
    return new Assertion(
        Json.read(decoder.decode(parts[0])),
        Json.read(decoder.decode(parts[1])),
        (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
        decoder.decode(parts[2]));
  }

  String clientId() {
    return Json.text(claims, "sub").orElse("");
  }

  String id() {
    return Json.text(claims, "jti").orElse("");
  }

  /** Says what is wrong with it, by exception. */
  void check(PublicKey key, String audience, Instant now) {
    Instant expiry = Instant.ofEpochSecond(claims.path("exp").asLong());
    require(
        Json.text(claims, "iss").orElse("").equals(clientId()),
        "'iss' and 'sub' must be the client.");
    require(
        Json.text(claims, "aud").orElse("").equals(audience), "'aud' must be " + audience + ".");
    require(expiry.isAfter(now), "The client_assertion token is expired.");
    require(!expiry.isAfter(now.plus(LONGEST)), "'exp' must be within an hour.");
    require(verify(key), "The client_assertion signature is invalid.");
  }

  private boolean verify(PublicKey key) {
    try {
      Signature verifier = Signature.getInstance(algorithm(key));
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** RFC 7518, section 3.1; the key decides, so that the token cannot choose a weaker one. */
  private String algorithm(PublicKey key) {
    String named = Json.text(header, "alg").orElse("");
    boolean rsa = key.getAlgorithm().equals("RSA");
    require(
        named.matches(rsa ? "RS(256|384|512)" : "ES256"), "The algorithm is not that of the key.");
    return rsa ? "SHA" + named.substring(2) + "withRSA" : "SHA256withECDSAinP1363Format";
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
