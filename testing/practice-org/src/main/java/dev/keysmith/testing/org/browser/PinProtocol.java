package dev.keysmith.testing.org.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The platform's side of PIN/UV auth protocol one or two (CTAP 2.1, sections 6.5.6 and 6.5.7). */
final class PinProtocol {

  private static final int BLOCK = 16;
  private static final ECGenParameterSpec P256 = new ECGenParameterSpec("secp256r1");

  private final int version;
  private final SecureRandom random;
  final byte[] aesKey;
  private final byte[] hmacKey;
  private final SortedMap<Integer, Object> platformKey;

  /** Agrees on a secret with the key whose COSE key agreement key this is. */
  PinProtocol(int version, JsonNode keyAgreement, SecureRandom random)
      throws GeneralSecurityException {
    this.version = version;
    this.random = random;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(P256, random);
    KeyPair pair = generator.generateKeyPair();
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(pair.getPrivate());
    agreement.doPhase(publicKey(keyAgreement), true);
    byte[] z = agreement.generateSecret();
    this.aesKey =
        version == 1 ? MessageDigest.getInstance("SHA-256").digest(z) : hkdf(z, "CTAP2 AES key");
    this.hmacKey = version == 1 ? aesKey : hkdf(z, "CTAP2 HMAC key");
    this.platformKey = cose((ECPublicKey) pair.getPublic());
    Arrays.fill(z, (byte) 0);
  }

  SortedMap<Integer, Object> platformKey() {
    return platformKey;
  }

  byte[] encrypt(byte[] plain) throws GeneralSecurityException {
    byte[] iv = new byte[BLOCK];
    if (version == 1) {
      return aes(Cipher.ENCRYPT_MODE, iv, plain);
    }
    random.nextBytes(iv);
    return join(iv, aes(Cipher.ENCRYPT_MODE, iv, plain));
  }

  byte[] decrypt(byte[] secret) throws GeneralSecurityException {
    int start = version == 1 ? 0 : BLOCK;
    byte[] iv = Arrays.copyOf(start == 0 ? new byte[BLOCK] : secret, BLOCK);
    return aes(Cipher.DECRYPT_MODE, iv, Arrays.copyOfRange(secret, start, secret.length));
  }

  /** The pinUvAuthParam for a message by the shared secret itself. */
  byte[] authenticate(byte[] message) throws GeneralSecurityException {
    return authenticate(hmacKey, message);
  }

  /** The pinUvAuthParam for a message. */
  byte[] authenticate(byte[] token, byte[] message) throws GeneralSecurityException {
    byte[] mac = hmac(token, message);
    return version == 1 ? Arrays.copyOf(mac, BLOCK) : mac;
  }

  private byte[] aes(int mode, byte[] iv, byte[] text) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    cipher.init(mode, new SecretKeySpec(aesKey, "AES"), new IvParameterSpec(iv));
    return cipher.doFinal(text);
  }

  /** RFC 5869 with a salt of zeros and an output of one block. */
  private static byte[] hkdf(byte[] secret, String info) throws GeneralSecurityException {
    byte[] pseudoRandomKey = hmac(new byte[32], secret);
    return hmac(pseudoRandomKey, join(info.getBytes(StandardCharsets.US_ASCII), new byte[] {1}));
  }

  private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static ECPublicKey publicKey(JsonNode cose) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(P256);
    ECPoint point =
        new ECPoint(
            new BigInteger(1, Ctap.bytes(cose.path("-2"))),
            new BigInteger(1, Ctap.bytes(cose.path("-3"))));
    return (ECPublicKey)
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  private static SortedMap<Integer, Object> cose(ECPublicKey key) {
    // The order of CTAP2: 1, 3, -1, -2, -3, that is, by unsigned encoding.
    SortedMap<Integer, Object> map =
        new TreeMap<>((a, b) -> Integer.compareUnsigned(order(a), order(b)));
    map.put(1, 2);
    map.put(3, -25);
    map.put(-1, 1);
    map.put(-2, coordinate(key.getW().getAffineX()));
    map.put(-3, coordinate(key.getW().getAffineY()));
    return map;
  }

  private static int order(int key) {
    return key >= 0 ? key : 0x20 + (-1 - key);
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(fixed.length, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
    return fixed;
  }
}
