package dev.keysmith.war.login.caller;

import dev.keysmith.core.access.Caller;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Tells core who makes a request: where it comes from, for the audit log, and the operator's role.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class CallerFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Inject transient Caller caller;
  @Inject transient CurrentOperator operator;
  @Inject transient TrustedProxies proxies;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    caller.comesFrom(proxies.caller(request));
    if (operator.isSignedIn()) {
      caller.is(operator.principal().role());
    }
    chain.doFilter(request, response);
  }
}
