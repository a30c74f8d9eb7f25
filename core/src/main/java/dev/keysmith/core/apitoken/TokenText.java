package dev.keysmith.core.apitoken;

import dev.keysmith.spi.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The text of API tokens: {@code ks_} and 256 random bits in base64url. */
public final class TokenText {

  static final String PREFIX = "ks_";
  private static final int RANDOM_BYTES = 32;
  private static final int LENGTH = PREFIX.length() + 43;

  private TokenText() {}

  public static char[] random(SecureRandom random) {
    byte[] bits = new byte[RANDOM_BYTES];
    byte[] base64 = new byte[0];
    try {
      random.nextBytes(bits);
      base64 = Base64.getUrlEncoder().withoutPadding().encode(bits);
      char[] text = new char[LENGTH];
      PREFIX.getChars(0, PREFIX.length(), text, 0);
      for (int i = 0; i < base64.length; i++) {
        text[PREFIX.length() + i] = (char) base64[i];
      }
      return text;
    } finally {
      Arrays.fill(bits, (byte) 0);
      Arrays.fill(base64, (byte) 0);
    }
  }

  public static boolean isPlausible(char[] text) {
    return text.length == LENGTH
        && CharBuffer.wrap(text, 0, PREFIX.length()).compareTo(CharBuffer.wrap(PREFIX)) == 0;
  }

  /**
   * A plain hash is enough: the text has 256 random bits, which cannot be guessed. Looking the hash
   * up tells a caller's stop watch about hashes, not about tokens.
   */
  public static String hash(char[] text) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
    byte[] utf8 = new byte[encoded.remaining()];
    try {
      encoded.get(utf8);
      return HexFormat.of().formatHex(Bytes.sha256(utf8));
    } finally {
      Arrays.fill(utf8, (byte) 0);
      Arrays.fill(encoded.array(), (byte) 0);
    }
  }
}
