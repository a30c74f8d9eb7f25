package dev.keysmith.war.login.caller;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.war.problem.RoleRefused;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** Writes into the audit log whom the REST API has refused for the role. */
@RequestScoped
class RoleRefusals {

  @Inject Refusals refusals;
  @Inject CurrentOperator operator;
  @Inject TrustedProxies proxies;
  @Inject HttpServletRequest request;

  void onRefused(@Observes RoleRefused refused) {
    Actor by = operator.isSignedIn() ? operator.actor() : Actor.system();
    refusals.refused(
        by,
        "access.refused",
        proxies.caller(request),
        request.getMethod() + " " + request.getRequestURI());
  }
}
