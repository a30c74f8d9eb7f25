package dev.keysmith.core.ctap.pin;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A PIN/UV auth protocol (CTAP 2.1, section 6.5.4), as far as protocols one and two differ. */
public sealed interface PinUvAuthProtocol permits PinUvAuthProtocolOne, PinUvAuthProtocolTwo {

  /** The number by which commands name it. */
  int number();

  /** The shared secret from the x-coordinate of the ECDH point; the caller zeroes both. */
  byte[] deriveKey(byte[] z);

  /** Encrypts whole AES blocks. */
  byte[] encrypt(byte[] key, byte[] plaintext);

  /**
   * Decrypts what the key encrypted.
   *
   * @throws IllegalArgumentException if the length is wrong
   */
  byte[] decrypt(byte[] key, byte[] ciphertext);

  /** The signature over the concatenation of {@code message}. */
  byte[] authenticate(byte[] key, byte[]... message);

  /** Whether a pinUvAuthToken may have this many bytes. */
  boolean isTokenLength(int length);

  /** AES-256-CBC without padding. */
  static byte[] aesCbc(int mode, byte[] key, byte[] iv, byte[] input) {
    if (input.length == 0 || input.length % 16 != 0) {
      throw new IllegalArgumentException("not whole AES blocks");
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no AES-CBC", e);
    }
  }

  /** HMAC-SHA-256 over the concatenation of {@code message}. */
  static byte[] hmac(byte[] key, byte[]... message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (byte[] part : message) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no HMAC-SHA-256", e);
    }
  }

  /** The first {@code length} bytes; {@code value} is zeroed. */
  static byte[] cut(byte[] value, int length) {
    byte[] head = Arrays.copyOf(value, length);
    Arrays.fill(value, (byte) 0);
    return head;
  }
}
