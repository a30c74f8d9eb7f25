package dev.keysmith.core.ctap.pin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * PIN/UV auth protocol two (CTAP 2.1, section 6.5.7).
 *
 * @param random for initialisation vectors
 */
public record PinUvAuthProtocolTwo(SecureRandom random) implements PinUvAuthProtocol {

  private static final int HALF = 32;
  private static final int IV_LENGTH = 16;
  private static final byte[] HMAC_INFO = "CTAP2 HMAC key\u0001".getBytes(US_ASCII);
  private static final byte[] AES_INFO = "CTAP2 AES key\u0001".getBytes(US_ASCII);

  @Override
  public int number() {
    return 2;
  }

  /** HKDF-SHA-256 (RFC 5869) twice; each output is one block, hence the counter in the info. */
  @Override
  public byte[] deriveKey(byte[] z) {
    byte[] prk = PinUvAuthProtocol.hmac(new byte[HALF], z);
    byte[] hmacKey = PinUvAuthProtocol.hmac(prk, HMAC_INFO);
    byte[] aesKey = PinUvAuthProtocol.hmac(prk, AES_INFO);
    try {
      byte[] both = Arrays.copyOf(hmacKey, 2 * HALF);
      System.arraycopy(aesKey, 0, both, HALF, HALF);
      return both;
    } finally {
      Arrays.fill(prk, (byte) 0);
      Arrays.fill(hmacKey, (byte) 0);
      Arrays.fill(aesKey, (byte) 0);
    }
  }

  @Override
  public byte[] encrypt(byte[] key, byte[] plaintext) {
    byte[] iv = new byte[IV_LENGTH];
    random.nextBytes(iv);
    byte[] ciphertext = aes(Cipher.ENCRYPT_MODE, key, iv, plaintext);
    byte[] result = Arrays.copyOf(iv, IV_LENGTH + ciphertext.length);
    System.arraycopy(ciphertext, 0, result, IV_LENGTH, ciphertext.length);
    return result;
  }

  @Override
  public byte[] decrypt(byte[] key, byte[] ciphertext) {
    if (ciphertext.length <= IV_LENGTH) {
      throw new IllegalArgumentException("not whole AES blocks");
    }
    byte[] iv = Arrays.copyOf(ciphertext, IV_LENGTH);
    byte[] rest = Arrays.copyOfRange(ciphertext, IV_LENGTH, ciphertext.length);
    return aes(Cipher.DECRYPT_MODE, key, iv, rest);
  }

  /** With the HMAC half of a shared secret, or with a pinUvAuthToken, which is one half long. */
  @Override
  public byte[] authenticate(byte[] key, byte[]... message) {
    byte[] hmacKey = Arrays.copyOf(key, HALF);
    try {
      return PinUvAuthProtocol.hmac(hmacKey, message);
    } finally {
      Arrays.fill(hmacKey, (byte) 0);
    }
  }

  @Override
  public boolean isTokenLength(int length) {
    return length == HALF;
  }

  private static byte[] aes(int mode, byte[] key, byte[] iv, byte[] input) {
    byte[] aesKey = Arrays.copyOfRange(key, HALF, 2 * HALF);
    try {
      return PinUvAuthProtocol.aesCbc(mode, aesKey, iv, input);
    } finally {
      Arrays.fill(aesKey, (byte) 0);
    }
  }
}
