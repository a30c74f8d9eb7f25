package dev.keysmith.war.login.setup;

import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.access.ThrottlePolicy;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.SetUpNames;
import dev.keysmith.core.operator.SetUps;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.login.panel.PanelSessions;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** Lets the holder of a set-up link choose a password, and signs in. */
@ApplicationScoped
public class SetUpByPassword {

  @Inject SetUps setUps;
  @Inject FirstSetUp firstSetUp;
  @Inject PanelSessions sessions;
  @Inject Throttle throttle;
  @Inject SetUpRefusals refusals;
  @Inject TrustedProxies proxies;

  /** Uses the link up; link and password stay the caller's to erase. */
  public void run(HttpServletRequest request, char[] link, SetUpNames names, char[] password) {
    Operator operator;
    try {
      operator =
          throttle.attempt(
              ThrottlePolicy.SIGN_IN,
              proxies.caller(request),
              () -> setUps.setPassword(link, names, password));
    } catch (ProblemException e) {
      refusals.record(e, request);
      throw e;
    }
    firstSetUp.tidy();
    sessions.begin(request, operator, "password");
  }
}
