package dev.keysmith.war.login.caller;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.apitoken.ApiToken;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.operator.Operator;
import jakarta.security.enterprise.CallerPrincipal;
import java.util.OptionalLong;

/** On whose behalf a request runs: an API token, by its label, or an operator, by the login. */
public final class OperatorPrincipal extends CallerPrincipal {

  private static final long serialVersionUID = 1L;

  private final Role role;
  private final String displayName;
  private final transient Actor actor;

  private OperatorPrincipal(Actor actor, String displayName, Role role) {
    super(actor.name());
    this.displayName = displayName;
    this.role = role;
    this.actor = actor;
  }

  public static OperatorPrincipal of(ApiToken token) {
    return new OperatorPrincipal(token.actor(), token.label(), token.role());
  }

  public static OperatorPrincipal of(Operator operator) {
    return new OperatorPrincipal(operator.actor(), operator.name(), operator.role());
  }

  /** Who acts, for the audit log. */
  public Actor actor() {
    return actor;
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
    return actor.kind() == Actor.Kind.OPERATOR
        ? OptionalLong.of(Long.parseLong(actor.id()))
        : OptionalLong.empty();
  }
}
