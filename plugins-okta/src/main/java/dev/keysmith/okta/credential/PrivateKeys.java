package dev.keysmith.okta.credential;

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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the private key of a service app in either form in which Okta's console shows it.
 *
 * @param key RSA or elliptic curve
 * @param id as the JWK names it
 */
public record PrivateKeys(PrivateKey key, Optional<String> id) {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private static final String PASTE =
      "Paste it whole, as Okta's console shows it when it generates the key: as PEM from \"BEGIN"
          + " PRIVATE KEY\" to \"END PRIVATE KEY\", or as JSON (JWK) with the member \"d\".";

  /** Reads a PEM (PKCS #8), a JWK, or a JWK set with one private key. */
  public static PrivateKeys read(char[] pasted) {
    try (KeyText text = new KeyText(pasted)) {
      PrivateKeys keys = parsed(text);
      if (keys.key() instanceof RSAKey rsa && rsa.getModulus().bitLength() < 2048) {
        throw refused("It is an RSA key of less than 2048 bits. Generate a longer one.");
      }
      if (keys.key() instanceof RSAKey || keys.key() instanceof ECKey) {
        return keys;
      }
      throw refused("It must be an RSA or an elliptic curve key. " + PASTE);
    }
  }

  private static PrivateKeys parsed(KeyText text) {
    try {
      return text.isJson() ? fromJson(text) : fromPem(text);
    } catch (PluginException e) {
      throw e;
    } catch (RuntimeException e) {
      // The message of a parser may quote the key.
      throw refused(PASTE);
    }
  }

  private static PluginException refused(String why) {
    return new PluginException(
        Reason.MISCONFIGURED, "The private key of the service app cannot be used. " + why);
  }

  private static PrivateKeys fromJson(KeyText text) {
    Collection<Jwk<?>> all =
        text.isJwkSet()
            ? Jwks.setParser().build().parse(text.chars()).getKeys()
            : List.of(Jwks.parser().build().parse(text.chars()));
    List<PrivateKeys> keys = all.stream().flatMap(jwk -> PrivateKeys.of(jwk).stream()).toList();
    if (keys.isEmpty()) {
      throw refused("This is the public key alone. " + PASTE);
    }
    if (keys.size() > 1) {
      throw refused(
          "This set has "
              + keys.size()
              + " private keys. Paste the one whose key ID the app uses.");
    }
    return keys.get(0);
  }

  private static Optional<PrivateKeys> of(Jwk<?> jwk) {
    return jwk.toKey() instanceof PrivateKey key
        ? Optional.of(new PrivateKeys(key, Optional.ofNullable(jwk.getId())))
        : Optional.empty();
  }

  private static PrivateKeys fromPem(KeyText text) {
    CharBuffer body = text.between(BEGIN, END).orElseThrow(() -> refused(whatItIs(text)));
    ByteBuffer encoded = StandardCharsets.US_ASCII.encode(body);
    byte[] base64 = Arrays.copyOf(encoded.array(), encoded.limit());
    byte[] der = Base64.getMimeDecoder().decode(base64);
    try {
      return Stream.of("RSA", "EC")
          .flatMap(algorithm -> decode(algorithm, der).stream())
          .findFirst()
          .map(key -> new PrivateKeys(key, Optional.empty()))
          .orElseThrow(() -> refused(PASTE));
    } finally {
      Arrays.fill(encoded.array(), (byte) 0);
      Arrays.fill(base64, (byte) 0);
      Arrays.fill(der, (byte) 0);
    }
  }

  private static String whatItIs(KeyText text) {
    if (text.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
      return "It is protected by a password. Paste the result of: openssl pkcs8 -topk8 -nocrypt";
    }
    if (text.contains("BEGIN RSA PRIVATE KEY") || text.contains("BEGIN EC PRIVATE KEY")) {
      return "It has an older form. Paste the result of: openssl pkcs8 -topk8 -nocrypt";
    }
    if (text.contains("BEGIN PUBLIC KEY") || text.contains("BEGIN CERTIFICATE")) {
      return "This is the public key alone. " + PASTE;
    }
    return PASTE;
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
