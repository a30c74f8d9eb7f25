package dev.keysmith.war.login.setup;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** Writes into the audit log that a set-up link was wrong; never the link. */
@ApplicationScoped
public class SetUpRefusals {

  @Inject Refusals refusals;
  @Inject TrustedProxies proxies;

  public void record(ProblemException e, HttpServletRequest request) {
    boolean tooMany = e.kind() == ProblemException.Kind.TOO_MANY;
    if (tooMany || e.code().equals("operator.set-up-link")) {
      refusals.refused(Actor.system(), "operator.set-up-link-refused", proxies.caller(request), "");
    }
  }
}
