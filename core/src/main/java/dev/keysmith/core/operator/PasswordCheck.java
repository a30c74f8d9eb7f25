package dev.keysmith.core.operator;

import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.access.ThrottlePolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Optional;

/** Says whether a password is right, to those who have not guessed too often. */
@ApplicationScoped
class PasswordCheck {

  @Inject Throttle throttle;
  @Inject SignInSettings settings;

  private final String hashOfNoAccount;

  /** Makes the hash that takes the time of a check where there is nothing to check. */
  @Inject
  PasswordCheck(SecureRandom random) {
    this.hashOfNoAccount = PasswordHash.of("no account".toCharArray(), random);
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway.Init")
  protected PasswordCheck() {
    this.hashOfNoAccount = "";
  }

  /**
   * Whether it is the password of an account that may sign in. Takes as long for an account that
   * does not exist, and counts before it takes any time.
   *
   * @param password stays the caller's to erase
   */
  boolean isRight(
      Optional<Operator> account, char[] password, String address, Throttle.Target target) {
    settings.requirePasswords();
    Throttle.Attempt attempt = throttle.begin(ThrottlePolicy.SIGN_IN, address, target);
    boolean same = matches(account, password, attempt);
    boolean right = same && account.filter(it -> it.hasPassword() && it.enabled()).isPresent();
    if (right) {
      attempt.succeeded();
    }
    return right;
  }

  /** What was not compared, because too many are at it, was no wrong guess. */
  private boolean matches(Optional<Operator> account, char[] password, Throttle.Attempt attempt) {
    try {
      return PasswordHash.matches(
          password, account.flatMap(Operator::password).orElse(hashOfNoAccount));
    } catch (RuntimeException e) {
      attempt.succeeded();
      throw e;
    }
  }

  /** Those who are in and show again who they are count apart from strangers at the sign-in. */
  boolean isConfirmed(Operator account, char[] password, String address) {
    Throttle.Target target = new Throttle.Target("confirmation of " + account.id(), true);
    return isRight(Optional.of(account), password, address, target);
  }
}
