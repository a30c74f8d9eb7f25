package dev.keysmith.core.access;

import dev.keysmith.core.message.MessageCode;
import java.time.Duration;
import java.util.List;

/** What strangers may try to guess, and how often they may be wrong. */
public enum ThrottlePolicy implements MessageCode {
  /** Passwords, passkeys and set-up links of operators. */
  SIGN_IN(
      new Limit(100, Duration.ofMinutes(15)),
      new Limit(10, Duration.ofMinutes(15)),
      "sign-in.too-many-failures"),
  /**
   * Activation codes: with one first group 40 bits are left, which ten tries an hour never find.
   */
  CODE(
      new Limit(20, Duration.ofMinutes(1)),
      new Limit(10, Duration.ofHours(1)),
      "activation.too-many-failures"),
  /**
   * Codes by which stations are paired, which have 60 random bits and last a quarter of an hour.
   */
  PAIRING(
      new Limit(20, Duration.ofMinutes(15)),
      new Limit(20, Duration.ofMinutes(15)),
      "station.too-many-failures"),
  /** API tokens, which name nothing that could be guessed alone. */
  TOKEN(
      new Limit(20, Duration.ofMinutes(1)),
      new Limit(20, Duration.ofMinutes(1)),
      "login.too-many-failures");

  /**
   * So many failures in a time.
   *
   * @param most failures, or attempts that are under way
   * @param window from the first of them on
   */
  record Limit(int most, Duration window) {}

  private static final List<String> MINUTES = List.of("minutes");

  private final Limit perAddress;
  private final Limit perTarget;
  private final String code;

  ThrottlePolicy(Limit perAddress, Limit perTarget, String code) {
    this.perAddress = perAddress;
    this.perTarget = perTarget;
    this.code = code;
  }

  Limit perAddress() {
    return perAddress;
  }

  Limit perTarget() {
    return perTarget;
  }

  /** Names what is told when there were too many. */
  @Override
  public String code() {
    return code;
  }

  @Override
  public List<String> parameters() {
    return MINUTES;
  }
}
