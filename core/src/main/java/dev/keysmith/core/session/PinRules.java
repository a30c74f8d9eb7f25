package dev.keysmith.core.session;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a PIN must be to be set on a key. PINs of keys in use are not judged.
 *
 * @param minLength in Unicode code points
 * @param maxLength in Unicode code points
 * @param refusesSimple whether PINs that everybody tries first are refused: one character repeated,
 *     ascending and descending rows, a short group repeated, and a few words
 */
public record PinRules(int minLength, int maxLength, boolean refusesSimple) {

  private static final int LONGEST_GROUP = 4;
  private static final List<String> COMMON =
      List.of(
          "147258",
          "147258369",
          "159753",
          "112233",
          "102030",
          "password",
          "passw0rd",
          "qwerty",
          "qwertz",
          "azerty",
          "letmein",
          "welcome",
          "admin",
          "secret",
          "iloveyou");

  /** These rules for a key that wants longer PINs, or takes shorter ones only. */
  public PinRules within(int keyMinLength, int keyMaxLength) {
    return new PinRules(
        Math.max(minLength, keyMinLength), Math.min(maxLength, keyMaxLength), refusesSimple);
  }

  /** What is wrong with a PIN, for the person who chooses it; empty if it may be set. */
  Optional<String> complaint(char[] pin) {
    int length = Character.codePointCount(pin, 0, pin.length);
    if (length < minLength) {
      return Optional.of(
          "The PIN is too short: this security key wants at least "
              + minLength
              + " characters. Choose a longer one.");
    }
    if (length > maxLength) {
      return Optional.of(
          "The PIN is too long: at most " + maxLength + " characters. Choose a shorter one.");
    }
    if (refusesSimple && isSimple(pin)) {
      return Optional.of(
          "The PIN is one of those that everybody tries first. Choose one without rows,"
              + " repetitions and common words.");
    }
    return Optional.empty();
  }

  /** A PIN of digits that obeys the rules; the caller erases it. */
  char[] random(SecureRandom random) {
    char[] pin = new char[minLength];
    do {
      for (int i = 0; i < pin.length; i++) {
        pin[i] = (char) ('0' + random.nextInt(10));
      }
    } while (isSimple(pin));
    return pin;
  }

  private static boolean isSimple(char[] pin) {
    return isRow(pin, 1) || isRow(pin, -1) || repeatsAGroup(pin) || isCommon(pin);
  }

  private static boolean isRow(char[] pin, int step) {
    for (int i = 1; i < pin.length; i++) {
      boolean next = pin[i] - pin[i - 1] == step;
      // 7890 and 0987 too.
      boolean overTheEnd =
          step == 1 ? pin[i - 1] == '9' && pin[i] == '0' : pin[i - 1] == '0' && pin[i] == '9';
      if (!next && !overTheEnd) {
        return false;
      }
    }
    return true;
  }

  private static boolean repeatsAGroup(char[] pin) {
    for (int group = 1; group <= Math.min(LONGEST_GROUP, pin.length / 2); group++) {
      if (Arrays.equals(pin, group, pin.length, pin, 0, pin.length - group)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCommon(char[] pin) {
    return COMMON.stream().anyMatch(common -> equalsIgnoringCase(common, pin));
  }

  private static boolean equalsIgnoringCase(String common, char[] pin) {
    if (common.length() != pin.length) {
      return false;
    }
    for (int i = 0; i < pin.length; i++) {
      if (Character.toLowerCase(pin[i]) != common.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
