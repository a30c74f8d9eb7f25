package dev.keysmith.core.operator;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Caller;
import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** Sets, changes and removes the passwords of operators. */
@ApplicationScoped
public class Passwords {

  private static final Logger LOG = System.getLogger(Passwords.class.getName());

  @Inject Operators operators;
  @Inject OperatorPasskeys passkeys;
  @Inject PasswordCheck check;
  @Inject SignInSettings settings;
  @Inject Caller caller;
  @Inject Audit audit;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** Sets a password, which stays the caller's to erase, and ends all sessions. */
  @Transactional
  @Allowed(
      value = {Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR},
      also = NamedCaller.SET_UP)
  public void set(Actor by, long operatorId, char[] password) {
    settings.requirePasswords();
    Operator operator = operators.get(operatorId);
    PasswordRules.check(password, operator.login());
    operator.changePassword(PasswordHash.of(password, random), clock.instant());
    audit.record(by, "operator.password-set", Operators.subject(operator), Map.of());
  }

  /** Sets a new password after a check of the old one; wrong guesses count as at the sign-in. */
  @Transactional(dontRollbackOn = ProblemException.class)
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
  public void change(Actor by, long operatorId, char[] before, char[] wanted) {
    Operator operator = operators.get(operatorId);
    if (operator.isExternal()) {
      throw ProblemException.conflict(OperatorMessage.EXTERNAL, operator.login());
    }
    if (operator.hasPassword() && !check.isConfirmed(operator, before, address())) {
      audit.record(
          by,
          "operator.sign-in-failed",
          Operators.subject(operator),
          Map.of("with", "password", "for", "change of the password"));
      throw ProblemException.invalid(OperatorMessage.PASSWORD_WRONG)
          .at("present", ProblemMessage.FIELD_WRONG);
    }
    set(by, operatorId, wanted);
  }

  private String address() {
    return Caller.addressOf(caller).orElse("");
  }

  /**
   * Hashes a password anew that was hashed with other costs than those of today. It was right, so
   * where too many are at it the next sign-in does it.
   */
  @Transactional
  void keepUpToDate(Operator operator, char[] password) {
    operator
        .password()
        .filter(PasswordHash::isOutdated)
        .ifPresent(outdated -> rehash(operator.id(), outdated, password));
  }

  private void rehash(long operatorId, String outdated, char[] password) {
    try {
      String hash = PasswordHash.of(password, random);
      operators.get(operatorId).rehash(outdated, hash);
    } catch (ProblemException e) {
      LOG.log(Level.DEBUG, "A password was not hashed anew: {0}", e.code());
    }
  }

  /** Leaves the operator with passkeys alone; a repeat does nothing. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
  public void remove(Actor by, long operatorId) {
    Operator operator = operators.get(operatorId);
    if (operator.hasPassword()) {
      if (passkeys.list(operatorId).stream().allMatch(OperatorPasskey::isChangedOutside)) {
        throw ProblemException.conflict(OperatorMessage.LAST_WAY_IN);
      }
      operator.forgetPassword();
      audit.record(by, "operator.password-removed", Operators.subject(operator), Map.of());
    }
  }
}
