package dev.keysmith.war.panel.account;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.OperatorPasskeys;
import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.SignInSettings;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The ways in which the operator can show again who it is. */
@Named("fresh")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class FreshPanel {

  @Inject Operators operators;
  @Inject OperatorPasskeys passkeys;
  @Inject SignInSettings settings;
  @Inject CurrentOperator current;

  /** The login, for password managers. */
  public String getLogin() {
    return operator().login();
  }

  /** Whether there is a password. */
  public boolean isByPassword() {
    return operator().hasPassword() && !settings.passkeysOnly();
  }

  /** Whether there is a passkey. */
  public boolean isByPasskey() {
    return !passkeys.list(operator().id()).isEmpty();
  }

  /** Whether the OpenID provider has to ask. */
  public boolean isByProvider() {
    return operator().isExternal();
  }

  private Operator operator() {
    return operators.get(current.principal().operatorId().orElseThrow());
  }
}
