package dev.keysmith.war.login;

import dev.keysmith.core.operator.ApiToken;
import dev.keysmith.core.operator.Role;
import jakarta.security.enterprise.CallerPrincipal;

/** The operator on whose behalf a request runs: named by the label of the API token. */
public final class OperatorPrincipal extends CallerPrincipal {

  private static final long serialVersionUID = 1L;

  private final Role role;
  private final long tokenId;

  OperatorPrincipal(ApiToken token) {
    super(token.label());
    this.role = token.role();
    this.tokenId = token.id();
  }

  /** What the operator may do. */
  public Role role() {
    return role;
  }

  /** The API token that the operator sent. */
  public long tokenId() {
    return tokenId;
  }
}
