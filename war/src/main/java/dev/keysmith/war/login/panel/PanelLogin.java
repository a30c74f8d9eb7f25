package dev.keysmith.war.login.panel;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.war.login.caller.OperatorPrincipal;
import dev.keysmith.war.login.caller.SignInMessage;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.problem.Problem;
import dev.keysmith.war.problem.ProblemWriter;
import dev.keysmith.war.text.Texts;
import dev.keysmith.war.web.SameOrigin;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;

/** Lets operators with a session into the panel, and sends others to the sign-in page. */
@ApplicationScoped
public class PanelLogin {

  @Inject PanelSessions sessions;
  @Inject SameOrigin sameOrigin;
  @Inject Refusals refusals;
  @Inject TrustedProxies proxies;

  public boolean isSignedIn(HttpServletRequest request) {
    return sessions.csrfToken(request).isPresent();
  }

  /** A call of the REST API by a script of one of our pages. */
  public AuthenticationStatus validateCall(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    boolean safe = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (!safe && !(sameOrigin.allows(request) && sessions.hasCsrfToken(request))) {
      recordCrossSite(request);
      return refuse(
          response, Problem.of(403, Message.of(SignInMessage.CROSS_SITE), Texts.of(request)));
    }
    return sessions
        .operator(request)
        .map(operator -> in(operator, context))
        .orElseGet(
            () ->
                refuse(
                    response, Problem.of(401, Message.of(SignInMessage.OVER), Texts.of(request))));
  }

  /** A page, or anything else that is not the REST API. */
  public AuthenticationStatus validatePage(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    String path = request.getServletPath();
    boolean ceremony = path.startsWith("/login/");
    if (!ceremony && !path.startsWith("/panel/")) {
      return context.doNothing();
    }
    if (!sameOrigin.allows(request)) {
      recordCrossSite(request);
      return fail(response, HttpServletResponse.SC_FORBIDDEN);
    }
    if (ceremony) {
      return sessions.operator(request).map(it -> in(it, context)).orElseGet(context::doNothing);
    }
    Optional<Page> page = Page.at(path);
    if (page.isEmpty()) {
      return fail(response, HttpServletResponse.SC_NOT_FOUND);
    }
    Optional<Operator> operator = sessions.operator(request);
    if (operator.isEmpty()) {
      return page.get().isPublic() ? context.doNothing() : signInFirst(request, response);
    }
    if (page.get().isFor(operator.get().role())) {
      return in(operator.get(), context);
    }
    refusals.refused(operator.get().actor(), "access.refused", proxies.caller(request), path);
    return fail(response, HttpServletResponse.SC_FORBIDDEN);
  }

  private void recordCrossSite(HttpServletRequest request) {
    refusals.refused(
        Actor.system(), "access.cross-site", proxies.caller(request), request.getServletPath());
  }

  private AuthenticationStatus signInFirst(
      HttpServletRequest request, HttpServletResponse response) {
    if (request.getMethod().equals("GET") && sameOrigin.isLedHereByAnotherSite(request)) {
      LoginRedirect.again(request, response);
    } else {
      LoginRedirect.atSignIn(request, response);
    }
    return AuthenticationStatus.SEND_CONTINUE;
  }

  private static AuthenticationStatus in(Operator operator, HttpMessageContext context) {
    return context.notifyContainerAboutLogin(
        OperatorPrincipal.of(operator), Set.of(operator.role().name()));
  }

  private static AuthenticationStatus refuse(HttpServletResponse response, Problem problem) {
    ProblemWriter.write(response, problem);
    return AuthenticationStatus.SEND_FAILURE;
  }

  private static AuthenticationStatus fail(HttpServletResponse response, int status) {
    try {
      response.sendError(status);
    } catch (IOException e) {
      throw new UncheckedIOException("The caller went away before the answer was written", e);
    }
    return AuthenticationStatus.SEND_FAILURE;
  }
}
