package dev.keysmith.station.server;

import dev.keysmith.station.home.ConfigurationException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** A public key that must be in the server's chain of certificates (as in RFC 7469). */
final class Pin {

  private static final String PREFIX = "sha256/";
  private static final int LENGTH = 32;

  private final byte[] digest;

  private Pin(byte[] digest) {
    this.digest = digest;
  }

  /** For instance {@code sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=}. */
  static Pin parse(String text) {
    try {
      if (text.startsWith(PREFIX)) {
        byte[] digest = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        if (digest.length == LENGTH) {
          return new Pin(digest);
        }
      }
    } catch (IllegalArgumentException e) {
      // Reported below.
    }
    throw new ConfigurationException(
        "The setting \"pin\" must be sha256/ and the digest of a public key in Base64.");
  }

  /**
   * Whether a chain holds the key. A server may send certificates that have nothing to do with its
   * own, so the search ends at the first that has not signed the one before it.
   */
  boolean isIn(X509Certificate[] chain) {
    for (int i = 0; i < chain.length; i++) {
      if (i > 0 && !hasSigned(chain[i], chain[i - 1])) {
        return false;
      }
      if (MessageDigest.isEqual(digest, digest(chain[i]))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] digest(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
