package dev.keysmith.war.login.owner;

import dev.keysmith.core.activation.ActivationSession;
import jakarta.security.enterprise.CallerPrincipal;

/** A user who has redeemed an activation code. */
public final class OwnerPrincipal extends CallerPrincipal {

  private static final long serialVersionUID = 1L;

  private final transient ActivationSession session;

  OwnerPrincipal(ActivationSession session) {
    super("owner-" + session.userId());
    this.session = session;
  }

  /** What the redeemed code has opened. */
  public ActivationSession session() {
    return session;
  }
}
