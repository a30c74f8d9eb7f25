package dev.keysmith.war.panel.account;

import dev.keysmith.core.access.Role;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.PanelSessions;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.panel.page.FacesActions;
import dev.keysmith.war.panel.page.OnlyFor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;

/** Signing out. */
@Named("signOut")
@RequestScoped
@OnlyFor({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
public class SignOutAction {

  @Inject PanelSessions sessions;
  @Inject CurrentOperator operator;
  @Inject FacesActions acting;
  @Inject HttpServletRequest request;

  /** Ends the session. */
  public void signOut() {
    sessions.end(request, operator.actor());
    acting.go(Page.SIGN_IN.path());
  }
}
