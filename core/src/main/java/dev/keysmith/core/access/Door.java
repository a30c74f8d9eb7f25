package dev.keysmith.core.access;

import java.time.Duration;

/** What strangers may try to guess, and how often they may be wrong. */
public enum Door {
  /** Passwords, passkeys and set-up links of operators. */
  SIGN_IN(
      new Limit(100, Duration.ofMinutes(15)),
      new Limit(10, Duration.ofMinutes(15)),
      "sign-in.too-many-failures",
      "Too many sign-ins have failed. Use a passkey, or wait %d minutes."),
  /**
   * Activation codes: with one first group 40 bits are left, which ten tries an hour never find.
   */
  CODE(
      new Limit(20, Duration.ofMinutes(1)),
      new Limit(10, Duration.ofHours(1)),
      "activation.too-many-failures",
      "Too many wrong codes. Type the code again in %d minutes, or ask for a new one."),
  /** API tokens, which name nothing that could be guessed alone. */
  TOKEN(
      new Limit(20, Duration.ofMinutes(1)),
      new Limit(20, Duration.ofMinutes(1)),
      "login.too-many-failures",
      "Too many invalid API tokens came from this address. Wait %d minutes.");

  /**
   * So many failures in a time.
   *
   * @param most failures, or attempts that are under way
   * @param window from the first of them on
   */
  record Limit(int most, Duration window) {}

  private final Limit perAddress;
  private final Limit perTarget;
  private final String code;
  private final String text;

  Door(Limit perAddress, Limit perTarget, String code, String text) {
    this.perAddress = perAddress;
    this.perTarget = perTarget;
    this.code = code;
    this.text = text;
  }

  Limit perAddress() {
    return perAddress;
  }

  Limit perTarget() {
    return perTarget;
  }

  String code() {
    return code;
  }

  String text(long minutes) {
    return text.formatted(minutes);
  }
}
