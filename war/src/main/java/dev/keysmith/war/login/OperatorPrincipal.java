package dev.keysmith.war.login;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.operator.ApiToken;
import dev.keysmith.core.operator.Operator;
import jakarta.security.enterprise.CallerPrincipal;
import java.util.OptionalLong;

/** On whose behalf a request runs: an API token, by its label, or an operator, by the login. */
public final class OperatorPrincipal extends CallerPrincipal {

  private static final long serialVersionUID = 1L;

  private final Role role;
  private final String displayName;
  private final long operatorId;

  private OperatorPrincipal(String name, String displayName, Role role, long operatorId) {
    super(name);
    this.displayName = displayName;
    this.role = role;
    this.operatorId = operatorId;
  }

  static OperatorPrincipal of(ApiToken token) {
    return new OperatorPrincipal(token.label(), token.label(), token.role(), 0);
  }

  static OperatorPrincipal of(Operator operator) {
    return new OperatorPrincipal(operator.login(), operator.name(), operator.role(), operator.id());
  }

  /** What people call the operator. */
  public String displayName() {
    return displayName;
  }

  /** What the operator may do. */
  public Role role() {
    return role;
  }

  /** The account; empty for an API token. */
  public OptionalLong operatorId() {
    return operatorId == 0 ? OptionalLong.empty() : OptionalLong.of(operatorId);
  }
}
