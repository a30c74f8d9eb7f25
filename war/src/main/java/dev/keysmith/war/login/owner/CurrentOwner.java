package dev.keysmith.war.login.owner;

import dev.keysmith.core.activation.ActivationSession;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;

/** The user who makes this request after redeeming an activation code. */
@RequestScoped
public class CurrentOwner {

  @Inject SecurityContext security;

  /** What the redeemed code has opened. */
  public ActivationSession session() {
    return security.getPrincipalsByType(OwnerPrincipal.class).stream()
        .findFirst()
        .map(OwnerPrincipal::session)
        .orElseThrow(() -> new IllegalStateException("The request has no activation session"));
  }
}
