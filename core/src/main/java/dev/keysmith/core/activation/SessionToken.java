package dev.keysmith.core.activation;

import dev.keysmith.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** What proves a redemption: 256 random bits in base64url, kept as SHA-256 only. */
final class SessionToken {

  private static final int RANDOM_BYTES = 32;

  private SessionToken() {}

  static String random(SecureRandom random) {
    byte[] bits = new byte[RANDOM_BYTES];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  /** A plain hash is enough: 256 random bits cannot be guessed. */
  static String hash(String token) {
    return HexFormat.of().formatHex(Bytes.sha256(token.getBytes(StandardCharsets.UTF_8)));
  }
}
