package dev.keysmith.core.session;

import dev.keysmith.core.ctap.PinLength;
import dev.keysmith.core.problem.ProblemException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a PIN must be to be set on a key. PINs of keys in use are not judged.
 *
 * @param minLength in Unicode code points
 * @param demandedBy who asks for that length
 * @param maxLength in Unicode code points; beside it, no key takes more than 63 bytes in UTF-8
 * @param refusesSimple whether PINs that everybody tries first are refused: one character repeated,
 *     ascending and descending rows, a short group repeated, and a few words
 */
public record PinRules(int minLength, Demand demandedBy, int maxLength, boolean refusesSimple) {

  /** Who asks for a length. */
  public enum Demand {
    /** The configuration of this server. */
    ORGANISATION(SessionMessage.PIN_SHORT_ORGANISATION),
    /** The policy that will be set on the key. */
    POLICY(SessionMessage.PIN_SHORT_POLICY),
    /** The key, by its making or by an earlier policy. */
    KEY(SessionMessage.PIN_SHORT_KEY);

    private final SessionMessage tooShort;

    Demand(SessionMessage tooShort) {
      this.tooShort = tooShort;
    }
  }

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

  /** These rules of the organisation for a key on which a policy will be set. */
  PinRules under(KeyPolicy policy) {
    return policy.minPinLength().map(length -> atLeast(length, Demand.POLICY)).orElse(this);
  }

  /** These rules for a key that wants longer PINs, or takes shorter ones only. */
  PinRules within(int keyMinLength, int keyMaxLength) {
    PinRules longer = atLeast(keyMinLength, Demand.KEY);
    return new PinRules(
        longer.minLength, longer.demandedBy, Math.min(maxLength, keyMaxLength), refusesSimple);
  }

  private PinRules atLeast(int length, Demand by) {
    return length > minLength ? new PinRules(length, by, maxLength, refusesSimple) : this;
  }

  /** What is wrong with a PIN, for the person who chooses it; empty if it may be set. */
  Optional<ProblemException> complaint(char[] pin) {
    Optional<PinLength> length = PinLength.of(pin);
    if (length.isEmpty()) {
      return refused(SessionMessage.PIN_BROKEN);
    }
    if (length.get().codePoints() < minLength) {
      return refused(demandedBy.tooShort, minLength);
    }
    if (length.get().codePoints() > maxLength) {
      return refused(SessionMessage.PIN_LONG, maxLength);
    }
    if (length.get().bytes() > PinLength.MOST_BYTES) {
      return refused(SessionMessage.PIN_BYTES, length.get().bytes(), PinLength.MOST_BYTES);
    }
    if (refusesSimple && isSimple(pin)) {
      return refused(SessionMessage.PIN_SIMPLE);
    }
    return Optional.empty();
  }

  private static Optional<ProblemException> refused(SessionMessage why, Object... arguments) {
    return Optional.of(ProblemException.invalid(why, arguments));
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
