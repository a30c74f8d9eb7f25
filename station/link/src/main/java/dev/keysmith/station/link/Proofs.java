package dev.keysmith.station.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Locale;

/**
 * The signatures by which a station proves who it is: Ed25519 (RFC 8032) over a statement that
 * names its purpose and the server, so that none serves for anything else or anywhere else.
 */
public final class Proofs {

  /** The algorithm of a station's key pair, for {@link java.security.KeyPairGenerator}. */
  public static final String ALGORITHM = "Ed25519";

  /** Length of a nonce in bytes. */
  public static final int NONCE_LENGTH = 32;

  /** An Ed25519 key in SubjectPublicKeyInfo has exactly this many bytes (RFC 8410). */
  public static final int PUBLIC_KEY_LENGTH = 44;

  private Proofs() {}

  /**
   * What is signed to prove a connection.
   *
   * @param origin of the server, see {@link #origin}
   * @param station its number
   * @param nonce from {@link Frame.Welcome#nonce()}
   */
  public static byte[] connection(String origin, long station, byte[] nonce) {
    return statement("keysmith-station-connection-1", origin, Long.toString(station), nonce);
  }

  /**
   * What is signed to prove, when a station is paired, that it holds the private key.
   *
   * @param origin of the server, see {@link #origin}
   * @param code the pairing code in the form that people type, without spaces and hyphens
   * @param publicKey that is to be pinned, in SubjectPublicKeyInfo
   */
  public static byte[] pairing(String origin, char[] code, byte[] publicKey) {
    return statement("keysmith-station-pairing-1", origin, new String(code), publicKey);
  }

  /** Texts have no zero bytes, so no two statements have the same bytes. */
  private static byte[] statement(String purpose, String origin, String name, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String text : new String[] {purpose, origin, name}) {
      bytes.writeBytes(text.getBytes(UTF_8));
      bytes.write(0);
    }
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  /** Signs a statement. */
  public static byte[] sign(PrivateKey key, byte[] statement) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(statement);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The station's key cannot sign", e);
    }
  }

  /**
   * Whether a signature is that of a key over a statement.
   *
   * @param publicKey in SubjectPublicKeyInfo; false if it is none
   */
  public static boolean isValid(byte[] publicKey, byte[] statement, byte[] signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(publicKey(publicKey));
      check.update(statement);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
    if (encoded.length != PUBLIC_KEY_LENGTH) {
      throw new GeneralSecurityException("not a public key of Ed25519");
    }
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
  }

  /**
   * The origin of an address (RFC 6454): scheme, host and port, without the port that the scheme
   * has anyway.
   *
   * @param address absolute, {@code http} or {@code https}
   */
  public static String origin(URI address) {
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    String host = address.getHost().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    int port = address.getPort();
    return scheme + "://" + host + (port == -1 || port == usual ? "" : ":" + port);
  }
}
