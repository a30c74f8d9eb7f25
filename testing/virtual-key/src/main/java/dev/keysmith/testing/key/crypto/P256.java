package dev.keysmith.testing.key.crypto;

import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapError;
import dev.keysmith.testing.key.message.CtapStatus;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The curve P-256 and its keys in COSE form (RFC 9053, section 7.1). */
public final class P256 {

  private static final ECParameterSpec CURVE = Crypto.always(P256::curve);
  private static final int FIELD_BYTES = 32;

  private P256() {}

  public static KeyPair generate(SecureRandom random) {
    return Crypto.always(
        () -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
          generator.initialize(new ECGenParameterSpec("secp256r1"), random);
          return generator.generateKeyPair();
        });
  }

  public static Map<Object, Object> coseKey(ECPublicKey key, int algorithm) {
    ECPoint point = key.getW();
    return Map.of(
        1, 2, 3, algorithm, -1, 1, -2, fixed(point.getAffineX()), -3, fixed(point.getAffineY()));
  }

  /**
   * The platform's key agreement key (CTAP 2.1, section 6.5.6).
   *
   * @throws CtapError {@code INVALID_PARAMETER} if it is not a point of the curve
   */
  public static ECPublicKey publicKey(CborMap cose) {
    BigInteger x = coordinate(cose.bytes(-2));
    BigInteger y = coordinate(cose.bytes(-3));
    boolean ec2 = cose.integer(1).equals(Optional.of(2));
    boolean p256 = cose.integer(-1).equals(Optional.of(1));
    if (!ec2 || !p256 || !onCurve(x, y)) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    return Crypto.always(
        () ->
            (ECPublicKey)
                KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE)));
  }

  private static BigInteger coordinate(Optional<byte[]> value) {
    byte[] bytes = value.filter(b -> b.length == FIELD_BYTES).orElse(null);
    if (bytes == null) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    return new BigInteger(1, bytes);
  }

  private static boolean onCurve(BigInteger x, BigInteger y) {
    BigInteger p = ((ECFieldFp) CURVE.getCurve().getField()).getP();
    BigInteger right =
        x.pow(3).add(CURVE.getCurve().getA().multiply(x)).add(CURVE.getCurve().getB()).mod(p);
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right);
  }

  private static byte[] fixed(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[FIELD_BYTES];
    int length = Math.min(bytes.length, FIELD_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, FIELD_BYTES - length, length);
    Arrays.fill(bytes, (byte) 0);
    return fixed;
  }

  private static ECParameterSpec curve() throws GeneralSecurityException {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (InvalidParameterSpecException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
