package dev.keysmith.testing.key.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The signature algorithms for credentials, by their COSE numbers. */
public enum Algorithm {
  ES256(-7, "EC", "SHA256withECDSA"),
  EDDSA(-8, "Ed25519", "Ed25519");

  private final int cose;
  private final String keyType;
  private final String signature;

  Algorithm(int cose, String keyType, String signature) {
    this.cose = cose;
    this.keyType = keyType;
    this.signature = signature;
  }

  public static Optional<Algorithm> of(int cose) {
    return Stream.of(values()).filter(algorithm -> algorithm.cose == cose).findFirst();
  }

  public int cose() {
    return cose;
  }

  /** The element of {@code pubKeyCredParams} that asks for this algorithm. */
  public Map<Object, Object> parameters() {
    return Map.of("alg", cose, "type", "public-key");
  }

  public KeyPair generate(SecureRandom random) {
    if (this == ES256) {
      return P256.generate(random);
    }
    return Crypto.always(
        () -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
          generator.initialize(255, random);
          return generator.generateKeyPair();
        });
  }

  public Map<Object, Object> coseKey(PublicKey key) {
    if (key instanceof ECPublicKey ec) {
      return P256.coseKey(ec, cose);
    }
    // The X.509 form of an Ed25519 key ends with its 32 bytes (RFC 8410, section 4).
    byte[] x509 = key.getEncoded();
    byte[] raw = Arrays.copyOfRange(x509, x509.length - 32, x509.length);
    return Map.of(1, 1, 3, cose, -1, 6, -2, raw);
  }

  /** Signs with a private key in PKCS #8 form. */
  public byte[] sign(byte[] privateKey, byte[] message) {
    return Crypto.always(() -> signature(privateKey, message));
  }

  private byte[] signature(byte[] privateKey, byte[] message) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(signature);
    signer.initSign(
        KeyFactory.getInstance(keyType).generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
    signer.update(message);
    return signer.sign();
  }
}
