package dev.keysmith.core.ctap.pin;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.spi.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * A secret that client and key agreed upon by ECDH on P-256 (CTAP 2.1, section 6.5.6, {@code
 * encapsulate}). Zeroed when closed.
 */
public final class SharedSecret implements AutoCloseable {

  private static final int COORDINATE_LENGTH = 32;
  private static final String SOURCE = "authenticatorClientPIN key agreement";

  private final PinUvAuthProtocol protocol;
  private final byte[] value;
  private final CBORObject platformKey;

  private SharedSecret(PinUvAuthProtocol protocol, byte[] value, CBORObject platformKey) {
    this.protocol = protocol;
    this.value = value;
    this.platformKey = platformKey;
  }

  /**
   * Agrees with a key.
   *
   * @param keyAgreement the COSE key that it sent
   */
  static SharedSecret agree(PinUvAuthProtocol protocol, CborMap keyAgreement, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair platform = generator.generateKeyPair();
      return agree(protocol, keyAgreement, platform);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no P-256", e);
    }
  }

  /** Agrees with a key, with a key pair of our own that is given. */
  static SharedSecret agree(PinUvAuthProtocol protocol, CborMap keyAgreement, KeyPair platform) {
    ECPublicKey own = (ECPublicKey) platform.getPublic();
    byte[] z = new byte[0];
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(platform.getPrivate());
      agreement.doPhase(publicKey(keyAgreement, own.getParams()), true);
      z = agreement.generateSecret();
      return new SharedSecret(protocol, protocol.deriveKey(z), coseKey(own.getW()));
    } catch (GeneralSecurityException | IllegalStateException e) {
      throw CtapException.unreadable(SOURCE, "not a point of P-256", e);
    } finally {
      Arrays.fill(z, (byte) 0);
    }
  }

  /** Our public key, in COSE form, for the key. */
  public CBORObject platformKey() {
    return platformKey;
  }

  public PinUvAuthProtocol protocol() {
    return protocol;
  }

  public byte[] encrypt(byte[] plaintext) {
    return protocol.encrypt(value, plaintext);
  }

  public byte[] decrypt(Bytes ciphertext) {
    try {
      return protocol.decrypt(value, ciphertext.toArray());
    } catch (IllegalArgumentException e) {
      throw CtapException.unreadable(SOURCE, "a ciphertext of wrong length", e);
    }
  }

  public byte[] authenticate(byte[]... message) {
    return protocol.authenticate(value, message);
  }

  @Override
  public void close() {
    Arrays.fill(value, (byte) 0);
  }

  private static PublicKey publicKey(CborMap coseKey, ECParameterSpec p256)
      throws GeneralSecurityException {
    ECPoint point = new ECPoint(coordinate(coseKey, -2), coordinate(coseKey, -3));
    requireOnCurve(point, p256);
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, p256));
  }

  private static BigInteger coordinate(CborMap coseKey, int label) {
    Bytes value = coseKey.requiredBytes(label);
    if (value.length() != COORDINATE_LENGTH) {
      throw CtapException.unreadable(SOURCE, "a coordinate of wrong length", null);
    }
    return new BigInteger(1, value.toArray());
  }

  /**
   * Java checks this too, but not everywhere by contract; an invalid curve would leak the secret.
   */
  private static void requireOnCurve(ECPoint point, ECParameterSpec curve) {
    BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right =
        x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB()).mod(p);
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
      throw CtapException.unreadable(SOURCE, "not a point of P-256", null);
    }
  }

  /** The algorithm is -25 whatever protocol is used (CTAP 2.1, section 6.5.6). */
  private static CBORObject coseKey(ECPoint point) {
    return CBORObject.NewMap()
        .Add(1, 2)
        .Add(3, -25)
        .Add(-1, 1)
        .Add(-2, fixed(point.getAffineX()))
        .Add(-3, fixed(point.getAffineY()));
  }

  private static byte[] fixed(BigInteger coordinate) {
    byte[] signed = coordinate.toByteArray();
    byte[] fixed = new byte[COORDINATE_LENGTH];
    int length = Math.min(signed.length, COORDINATE_LENGTH);
    System.arraycopy(signed, signed.length - length, fixed, COORDINATE_LENGTH - length, length);
    return fixed;
  }
}
