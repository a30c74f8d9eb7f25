package dev.keysmith.war.login.caller;

import dev.keysmith.core.audit.Actor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import java.util.Optional;

/** Who makes this request. */
@RequestScoped
public class CurrentOperator {

  @Inject SecurityContext security;

  /** Who it is, for the audit trail. */
  public Actor actor() {
    return principal().actor();
  }

  /** Whether anybody is logged in. */
  public boolean isSignedIn() {
    return found().isPresent();
  }

  /** Who logged in. */
  public OperatorPrincipal principal() {
    return found()
        .orElseThrow(() -> new IllegalStateException("The request has no signed-in operator"));
  }

  private Optional<OperatorPrincipal> found() {
    return security.getPrincipalsByType(OperatorPrincipal.class).stream().findFirst();
  }
}
