package dev.keysmith.core.access;

import dev.keysmith.spi.Bytes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The text of one-time codes that people type: three groups of four characters, 60 random bits.
 *
 * <p>The alphabet is Crockford's base 32, which leaves I, L, O and U out. A typed I, L or O is read
 * as 1, 1 or 0.
 */
public final class CodeText {

  /** The first group, by which a code is found. */
  public static final int PREFIX = 4;

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 12;
  private static final int GROUP = 4;

  private CodeText() {}

  /** A new code without separators; the caller erases it. */
  public static char[] random(SecureRandom random) {
    char[] code = new char[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      code[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    return code;
  }

  /** With a hyphen between groups; the caller erases it. */
  public static char[] grouped(char[] code) {
    char[] grouped = new char[LENGTH + LENGTH / GROUP - 1];
    int to = 0;
    for (int from = 0; from < LENGTH; from++) {
      if (from > 0 && from % GROUP == 0) {
        grouped[to++] = '-';
      }
      grouped[to++] = code[from];
    }
    return grouped;
  }

  /** Reads typed text as a code; empty if it cannot be one. The caller erases both. */
  public static Optional<char[]> read(char[] typed) {
    char[] code = new char[LENGTH];
    int length = 0;
    for (char c : typed) {
      if (c == '-' || Character.isWhitespace(c)) {
        continue;
      }
      char meant = meant(c);
      if (length == LENGTH || ALPHABET.indexOf(meant) < 0) {
        Arrays.fill(code, '\0');
        return Optional.empty();
      }
      code[length++] = meant;
    }
    return length == LENGTH ? Optional.of(code) : Optional.empty();
  }

  private static char meant(char typed) {
    char upper = Character.toUpperCase(typed);
    return switch (upper) {
      case 'I', 'L' -> '1';
      case 'O' -> '0';
      default -> upper;
    };
  }

  public static String prefix(char[] code) {
    return new String(code, 0, PREFIX);
  }

  /** SHA-256 in hexadecimal digits; the caller erases it. */
  public static char[] hash(char[] code) {
    byte[] ascii = new byte[code.length];
    byte[] hash = new byte[0];
    try {
      for (int i = 0; i < code.length; i++) {
        ascii[i] = (byte) code[i];
      }
      hash = Bytes.sha256(ascii);
      return HexFormat.of().formatHex(hash).toCharArray();
    } finally {
      Arrays.fill(ascii, (byte) 0);
      Arrays.fill(hash, (byte) 0);
    }
  }
}
