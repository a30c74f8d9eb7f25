package dev.keysmith.war.web;

import dev.keysmith.core.audit.Caller;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells the audit log where a request comes from. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class CallerAddress extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Inject private transient Caller caller;
  @Inject private transient TrustedProxies proxies;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    caller.comesFrom(proxies.caller(request));
    chain.doFilter(request, response);
  }
}
