package dev.keysmith.war.login.panel;

import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.access.ThrottlePolicy;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.operator.Ceremony;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.OperatorMessage;
import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.SignIns;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.caller.SignInMessage;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;

/**
 * Asks operators to show again who they are before they change who can come in: a session that was
 * stolen must not be enough to stay (OWASP ASVS 4.0.3, 3.7.1).
 */
@ApplicationScoped
public class Reauthentication {

  /** The code of the problem that tells a page to ask. */
  public static final String CODE = SignInMessage.NOT_FRESH.code();

  @Inject CurrentOperator current;
  @Inject Operators operators;
  @Inject SignIns signIns;
  @Inject PanelSessions sessions;
  @Inject Throttle throttle;
  @Inject Refusals refusals;
  @Inject TrustedProxies proxies;

  /**
   * Refuses an operator who has not signed in, or confirmed it, within five minutes. API tokens
   * pass: they are no sessions.
   */
  public void require(HttpServletRequest request) {
    if (current.principal().operatorId().isPresent() && !sessions.isFresh(request)) {
      throw ProblemException.forbidden(SignInMessage.NOT_FRESH);
    }
  }

  /**
   * Confirms by the password.
   *
   * @param password stays the caller's to erase
   */
  public void byPassword(HttpServletRequest request, char[] password) {
    Operator operator = operator();
    String from = proxies.caller(request);
    if (!recorded(operator, from, () -> signIns.confirmsPassword(operator, password, from))) {
      signIns.failed(operator.login(), "password", from);
      throw ProblemException.forbidden(OperatorMessage.PASSWORD_WRONG);
    }
    confirmed(request, operator, "password");
  }

  /** Confirms by a passkey of the same operator. */
  public void byPasskey(HttpServletRequest request, Supplier<Ceremony> begun, String credential) {
    Operator operator = operator();
    String from = proxies.caller(request);
    recorded(
        operator,
        from,
        () -> {
          Ceremony ceremony = begun.get();
          return throttle.attempt(
              ThrottlePolicy.SIGN_IN,
              from,
              () -> own(signIns.withPasskey(ceremony, credential), operator));
        });
    confirmed(request, operator, "passkey");
  }

  /** Failed confirmations show that a session may have been stolen. */
  private <T> T recorded(Operator operator, String from, Supplier<T> confirmation) {
    try {
      return confirmation.get();
    } catch (ProblemException e) {
      refusals.refused(operator.actor(), "operator.confirmation-failed", from, "");
      throw e;
    }
  }

  private static Operator own(Operator signed, Operator operator) {
    if (signed.id() != operator.id()) {
      throw ProblemException.forbidden(SignInMessage.PASSKEY_OF_ANOTHER);
    }
    return signed;
  }

  private Operator operator() {
    return operators.get(current.principal().operatorId().orElseThrow());
  }

  private void confirmed(HttpServletRequest request, Operator operator, String way) {
    sessions.confirm(request);
    signIns.confirmed(operator, way, proxies.caller(request));
  }
}
