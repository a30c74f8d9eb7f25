package dev.keysmith.okta;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads the private key of a service app in either form in which Okta's console shows it.
 *
 * @param key RSA or elliptic curve
 * @param id as the JWK names it
 */
record PrivateKeys(PrivateKey key, Optional<String> id) {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  /** Reads a PEM (PKCS #8) or a JWK. */
  static PrivateKeys read(char[] text) {
    try {
      PrivateKeys keys = first(text) == '{' ? fromJwk(text) : fromPem(text);
      if (keys.key() instanceof RSAKey rsa && rsa.getModulus().bitLength() >= 2048
          || keys.key() instanceof ECKey) {
        return keys;
      }
    } catch (RuntimeException e) {
      // The message of a parser may quote the key.
    }
    throw new PluginException(
        Reason.MISCONFIGURED,
        "The private key cannot be read. Enter it as Okta's console shows it: as PEM that begins"
            + " with \"BEGIN PRIVATE KEY\", or as JSON (JWK). It must be RSA of 2048 bits or more,"
            + " or an elliptic curve key. (To convert another PEM: openssl pkcs8 -topk8 -nocrypt.)");
  }

  private static char first(char[] text) {
    for (char c : text) {
      if (!Character.isWhitespace(c)) {
        return c;
      }
    }
    return '\0';
  }

  private static PrivateKeys fromJwk(char[] text) {
    Jwk<?> jwk = Jwks.parser().build().parse(CharBuffer.wrap(text));
    if (jwk.toKey() instanceof PrivateKey key) {
      return new PrivateKeys(key, Optional.ofNullable(jwk.getId()));
    }
    throw new IllegalArgumentException("Not a private key");
  }

  private static PrivateKeys fromPem(char[] text) {
    ByteBuffer encoded = StandardCharsets.US_ASCII.encode(body(CharBuffer.wrap(text)));
    byte[] base64 = Arrays.copyOf(encoded.array(), encoded.limit());
    byte[] der = Base64.getMimeDecoder().decode(base64);
    try {
      for (String algorithm : List.of("RSA", "EC")) {
        Optional<PrivateKey> key = decode(algorithm, der);
        if (key.isPresent()) {
          return new PrivateKeys(key.get(), Optional.empty());
        }
      }
    } finally {
      Arrays.fill(encoded.array(), (byte) 0);
      Arrays.fill(base64, (byte) 0);
      Arrays.fill(der, (byte) 0);
    }
    throw new IllegalArgumentException("Neither RSA nor EC");
  }

  private static CharBuffer body(CharBuffer pem) {
    int begin = indexOf(pem, BEGIN) + BEGIN.length();
    return pem.subSequence(begin, indexOf(pem, END));
  }

  private static int indexOf(CharBuffer text, String part) {
    for (int at = 0; at + part.length() <= text.length(); at++) {
      if (CharSequence.compare(text.subSequence(at, at + part.length()), part) == 0) {
        return at;
      }
    }
    throw new IllegalArgumentException("Not a PEM of PKCS #8");
  }

  private static Optional<PrivateKey> decode(String algorithm, byte[] der) {
    try {
      var spec = new PKCS8EncodedKeySpec(der);
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has " + algorithm, e);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "PrivateKeys[" + key.getAlgorithm() + "]";
  }
}
