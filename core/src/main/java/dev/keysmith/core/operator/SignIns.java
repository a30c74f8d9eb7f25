package dev.keysmith.core.operator;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds out who signs in, and writes it into the audit log. */
@ApplicationScoped
public class SignIns {

  @Inject Operators operators;
  @Inject OperatorPasskeys passkeys;
  @Inject Passwords passwords;
  @Inject PasswordCheck passwordCheck;
  @Inject Audit audit;
  @Inject Refusals refusals;
  @Inject Clock clock;

  /**
   * Where a sign-in comes from.
   *
   * @param address where the request comes from
   * @param browser one in which this account has signed in before. It has a count of its own
   *     (OWASP, "Slow down online guessing attacks with device cookies"): strangers who guess keep
   *     strangers out, and never the operator.
   */
  public record From(String address, Optional<String> browser) {}

  /**
   * The operator with this login and password. Takes as long for an account that does not exist,
   * and holds no transaction meanwhile.
   *
   * @param password stays the caller's to erase
   * @throws ProblemException {@code TOO_MANY} after too many failures; {@code FORBIDDEN} where
   *     passwords are switched off
   */
  public Optional<Operator> withPassword(String login, char[] password, From from) {
    String name = login.strip().toLowerCase(Locale.ROOT);
    Optional<Operator> named = operators.findLogin(name);
    Throttle.Target target =
        from.browser()
            .map(browser -> new Throttle.Target("browser " + browser, true))
            .orElseGet(() -> new Throttle.Target("account " + name, named.isPresent()));
    if (!passwordCheck.isRight(named, password, from.address(), target)) {
      return Optional.empty();
    }
    passwords.keepUpToDate(named.orElseThrow(), password);
    return named;
  }

  /**
   * Whether an operator who is in knows the password.
   *
   * @param password stays the caller's to erase
   * @throws ProblemException as {@link #withPassword}
   */
  public boolean confirmsPassword(Operator operator, char[] password, String address) {
    return passwordCheck.isConfirmed(operator, password, address);
  }

  /** The operator whose passkey has signed; an exception says why not. */
  @Transactional
  public Operator withPasskey(Ceremony ceremony, String json) {
    Operator operator = passkeys.verify(ceremony, json);
    requireEnabled(operator);
    return operator;
  }

  /**
   * The operator whom the OpenID provider vouches for; the account is made at the first sign-in and
   * follows the provider at each further one.
   *
   * @param identity issuer and subject, which together never change
   * @param says login, name and role as the provider says them now
   */
  @Transactional
  public Operator withIdentity(String identity, NewOperator says) {
    Operator operator =
        operators.findIdentity(identity).orElseGet(() -> createExternal(identity, says));
    requireEnabled(operator);
    if (operator.role() != says.role()) {
      audit.record(
          Actor.system(),
          "operator.role-changed",
          Operators.subject(operator),
          Map.of("from", operator.role().name(), "to", says.role().name()));
    }
    operator.follow(says.name(), says.role());
    return operator;
  }

  private Operator createExternal(String identity, NewOperator says) {
    Operator operator = operators.create(Actor.system(), says, operators.newUserHandle());
    operator.comesFrom(identity);
    return operator;
  }

  /**
   * Records that an operator is in.
   *
   * @param way password, passkey or openid
   */
  @Transactional
  public void succeeded(Operator who, String way, String from) {
    Operator operator = operators.get(who.id());
    operator.signIn(clock.instant());
    audit.record(
        operator.actor(),
        "operator.signed-in",
        Operators.subject(operator),
        Map.of("with", way, "address", from));
  }

  /** Records an attempt to sign in; without the name if no operator has it. */
  @Transactional
  public void failed(String login, String way, String from) {
    operators
        .findLogin(login.strip().toLowerCase(Locale.ROOT))
        .ifPresentOrElse(
            operator ->
                audit.record(
                    Actor.system(),
                    "operator.sign-in-failed",
                    Operators.subject(operator),
                    Map.of("with", way, "address", from)),
            () -> refusals.refusedWithin(Actor.system(), "operator.sign-in-failed", from, way));
  }

  /**
   * Records that an operator who was in has shown again who it is.
   *
   * @param way password or passkey
   */
  @Transactional
  public void confirmed(Operator who, String way, String from) {
    audit.record(
        who.actor(),
        "operator.confirmed",
        Operators.subject(who),
        Map.of("with", way, "from", from));
  }

  /** Records that an operator has signed out. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
  public void signedOut(Actor by, long operatorId) {
    audit.record(by, "operator.signed-out", Operators.subject(operators.get(operatorId)), Map.of());
  }

  private static void requireEnabled(Operator operator) {
    if (!operator.enabled()) {
      throw ProblemException.forbidden(OperatorMessage.DISABLED);
    }
  }
}
