package dev.keysmith.core.operator;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * How soon a password would be guessed: lists of common passwords, names and words, with what
 * people do to them (numbers at the end, other letters, repetitions).
 */
final class Guessability {

  /** Of 4; fewer are found by 10^8 guesses. */
  private static final int ENOUGH = 3;

  /**
   * The library takes seconds for long texts that are made for it. What begins well is good as a
   * whole.
   */
  private static final int MEASURED = 32;

  private static final Zxcvbn MEASURE = new Zxcvbn();

  private Guessability() {}

  /**
   * Whether it is too easy to guess.
   *
   * @param login counts as a common word, as does the name of this product
   */
  static boolean isEasy(char[] password, String login) {
    char[] beginning = Arrays.copyOf(password, Math.min(password.length, MEASURED));
    try {
      Strength strength =
          MEASURE.measure(CharBuffer.wrap(beginning), List.of(login, "keysmith", "passkey"));
      strength.wipe();
      return strength.getScore() < ENOUGH;
    } finally {
      Arrays.fill(beginning, '\0');
    }
  }
}
