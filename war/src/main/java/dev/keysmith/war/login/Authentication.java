package dev.keysmith.war.login;

import dev.keysmith.war.web.ApiPath;
import dev.keysmith.war.web.SecurityHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The one authentication mechanism of the application: sends each request to the right one. */
@ApplicationScoped
public class Authentication implements HttpAuthenticationMechanism {

  private final BearerLogin bearer;
  private final PanelLogin panel;
  private final OwnerLogin owner;
  private final SecurityHeaders headers;

  /** Called by the container. */
  @Inject
  public Authentication(
      BearerLogin bearer, PanelLogin panel, OwnerLogin owner, SecurityHeaders headers) {
    this.bearer = bearer;
    this.panel = panel;
    this.owner = owner;
    this.headers = headers;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway.Init")
  protected Authentication() {
    this(null, null, null, null);
  }

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    headers.set(request, response);
    if (OwnerLogin.concerns(request)) {
      return owner.validate(request, response, context);
    }
    if (ApiPath.matches(request)) {
      return request.getHeader("Authorization") == null && panel.isSignedIn(request)
          ? panel.validateCall(request, response, context)
          : bearer.validate(request, response, context);
    }
    return panel.validatePage(request, response, context);
  }
}
