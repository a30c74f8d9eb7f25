package dev.keysmith.war.login;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.activation.ActivationSession;
import dev.keysmith.core.activation.Redemptions;
import dev.keysmith.core.apitoken.ApiTokens;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.caller.OperatorPrincipal;
import dev.keysmith.war.login.owner.CurrentOwner;
import dev.keysmith.war.login.panel.PanelSessions;
import dev.keysmith.war.progress.CallerRight;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;

/**
 * The caller's right, to be asked for again after the request: a token may be revoked, a role
 * changed, a session ended, while the caller is still being told of things.
 */
@RequestScoped
public class LastingRight {

  @Inject CurrentOperator operator;
  @Inject CurrentOwner owner;
  @Inject ApiTokens tokens;
  @Inject PanelSessions sessions;
  @Inject Redemptions redemptions;
  @Inject HttpServletRequest request;

  /** That of an operator or a token. */
  public CallerRight ofOperator() {
    OperatorPrincipal principal = operator.principal();
    Actor actor = principal.actor();
    Role role = principal.role();
    BooleanSupplier holds =
        principal.operatorId().isPresent()
            ? sessions.stillSignedIn(request, role)
            : () -> tokens.isUsable(Long.parseLong(actor.id()));
    return new CallerRight(actor.kind() + ":" + actor.id(), holds);
  }

  /** That of a user who has redeemed a code. */
  public CallerRight ofOwner() {
    ActivationSession session = owner.session();
    return new CallerRight("owner:" + session.userId(), () -> redemptions.isOpen(session.id()));
  }
}
