package dev.keysmith.core.operator;

import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** How operators may sign in. */
@ApplicationScoped
public class SignInSettings {

  @Inject Configuration configuration;

  /** Whether passwords count for nothing: neither to sign in, nor to confirm, nor to be set. */
  public boolean passkeysOnly() {
    return configuration.text("keysmith.sign-in.passkeys-only").filter("true"::equals).isPresent();
  }

  /** Whether an operator has a password that counts. */
  boolean letsInByPassword(Operator operator) {
    return operator.hasPassword() && !passkeysOnly();
  }

  void requirePasswords() {
    if (passkeysOnly()) {
      throw ProblemException.forbidden(
          "sign-in.passkeys-only", "Passwords are switched off here. Use a passkey.");
    }
  }
}
