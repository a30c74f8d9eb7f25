package dev.keysmith.core.operator;

import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.server.ServerStarted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;

/** How operators may sign in. */
@ApplicationScoped
public class SignInSettings {

  private static final String PASSKEYS_ONLY = "keysmith.sign-in.passkeys-only";

  @Inject Configuration configuration;

  /** A value that is neither true nor false must not leave passwords on: the server stops here. */
  void onStart(@Observes ServerStarted started) {
    passkeysOnly();
  }

  /** Whether passwords count for nothing: neither to sign in, nor to confirm, nor to be set. */
  public boolean passkeysOnly() {
    return configuration.text(PASSKEYS_ONLY).filter(SignInSettings::isTrue).isPresent();
  }

  private static boolean isTrue(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalStateException(PASSKEYS_ONLY + " must be true or false");
    };
  }

  /** Whether an operator has a password that counts. */
  boolean letsInByPassword(Operator operator) {
    return operator.hasPassword() && !passkeysOnly();
  }

  void requirePasswords() {
    if (passkeysOnly()) {
      throw ProblemException.forbidden(OperatorMessage.PASSKEYS_ONLY);
    }
  }
}
