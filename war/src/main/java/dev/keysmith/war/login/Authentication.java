package dev.keysmith.war.login;

import dev.keysmith.station.link.Link;
import dev.keysmith.war.login.bearer.BearerLogin;
import dev.keysmith.war.login.owner.OwnerLogin;
import dev.keysmith.war.login.panel.PanelLogin;
import dev.keysmith.war.problem.KnownProblems;
import dev.keysmith.war.problem.Problem;
import dev.keysmith.war.problem.ProblemWriter;
import dev.keysmith.war.text.Texts;
import dev.keysmith.war.web.ApiPath;
import dev.keysmith.war.web.PublicAddress;
import dev.keysmith.war.web.SecurityHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The one authentication mechanism of the application: sends each request to the right one. */
@ApplicationScoped
public class Authentication implements HttpAuthenticationMechanism {

  private static final int MISDIRECTED = 421;

  private final BearerLogin bearer;
  private final PanelLogin panel;
  private final OwnerLogin owner;
  private final SecurityHeaders headers;
  private final PublicAddress address;

  /** Called by the container. */
  @Inject
  public Authentication(
      BearerLogin bearer,
      PanelLogin panel,
      OwnerLogin owner,
      SecurityHeaders headers,
      PublicAddress address) {
    this.bearer = bearer;
    this.panel = panel;
    this.owner = owner;
    this.headers = headers;
    this.address = address;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway.Init")
  protected Authentication() {
    this(null, null, null, null, null);
  }

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    headers.set(request, response);
    if (!address.isOurs(request)) {
      return refuseAddress(request, response);
    }
    if (OwnerLogin.concerns(request)) {
      return owner.validate(request, response, context);
    }
    if (ApiPath.of(request).equals(Link.PAIRING_PATH)) {
      // A station has no account: its code and its signature are looked at by core.
      return context.doNothing();
    }
    if (ApiPath.matches(request)) {
      return request.getHeader("Authorization") == null && panel.isSignedIn(request)
          ? panel.validateCall(request, response, context)
          : bearer.validate(request, response, context);
    }
    return panel.validatePage(request, response, context);
  }

  /** As plain text to browsers: a page needs styles and scripts, which are refused as well. */
  private static AuthenticationStatus refuseAddress(
      HttpServletRequest request, HttpServletResponse response) {
    Problem problem = KnownProblems.ofStatus(MISDIRECTED, Texts.of(request));
    if (ApiPath.matches(request)) {
      ProblemWriter.write(response, problem);
      return AuthenticationStatus.SEND_FAILURE;
    }
    response.setStatus(MISDIRECTED);
    response.setContentType("text/plain;charset=UTF-8");
    try {
      response.getWriter().write(problem.detail());
    } catch (IOException e) {
      throw new UncheckedIOException("The caller went away before the answer was written", e);
    }
    return AuthenticationStatus.SEND_FAILURE;
  }
}
