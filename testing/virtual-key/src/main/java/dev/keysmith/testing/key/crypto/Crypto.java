package dev.keysmith.testing.key.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash functions of CTAP2, which every Java platform has. */
public final class Crypto {

  /** A step that fails only if the Java platform lacks a required algorithm. */
  @FunctionalInterface
  public interface Step<T> {
    T run() throws GeneralSecurityException;
  }

  private Crypto() {}

  public static <T> T always(Step<T> step) {
    try {
      return step.run();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The Java platform lacks an algorithm of CTAP2.", e);
    }
  }

  public static byte[] sha256(byte[] data) {
    return always(() -> MessageDigest.getInstance("SHA-256").digest(data));
  }

  public static byte[] hmacSha256(byte[] key, byte[] message) {
    return always(
        () -> {
          Mac mac = Mac.getInstance("HmacSHA256");
          mac.init(new SecretKeySpec(key, "HmacSHA256"));
          return mac.doFinal(message);
        });
  }

  public static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int offset = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, offset, part.length);
      offset += part.length;
    }
    return all;
  }
}
