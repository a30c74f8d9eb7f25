package dev.keysmith.war.login.bearer;

import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.access.ThrottlePolicy;
import dev.keysmith.core.apitoken.ApiToken;
import dev.keysmith.core.apitoken.ApiTokens;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.login.caller.OperatorPrincipal;
import dev.keysmith.war.login.caller.SignInMessage;
import dev.keysmith.war.problem.KnownProblems;
import dev.keysmith.war.problem.Problem;
import dev.keysmith.war.problem.ProblemWriter;
import dev.keysmith.war.text.Texts;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;

/** Lets callers in who send an API token in the Authorization header (RFC 6750, section 2.1). */
@ApplicationScoped
public class BearerLogin {

  private static final Logger LOG = Logger.getLogger(BearerLogin.class.getName());
  private static final String SCHEME = "Bearer ";

  @Inject ApiTokens tokens;
  @Inject Throttle throttle;
  @Inject Refusals refusals;
  @Inject TrustedProxies proxies;

  public AuthenticationStatus validate(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    String header = request.getHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return refuse(
          response, "Bearer realm=\"keysmith\"", KnownProblems.ofStatus(401, Texts.of(request)));
    }
    Optional<ApiToken> token = authenticate(header.substring(SCHEME.length()).strip());
    return token
        .map(
            it ->
                context.notifyContainerAboutLogin(
                    OperatorPrincipal.of(it), Set.of(it.role().name())))
        .orElseGet(() -> refuseToken(request, response));
  }

  private Optional<ApiToken> authenticate(String text) {
    char[] token = text.toCharArray();
    try {
      return tokens.authenticate(token);
    } finally {
      Arrays.fill(token, '\0');
    }
  }

  private AuthenticationStatus refuseToken(
      HttpServletRequest request, HttpServletResponse response) {
    String from = proxies.caller(request);
    refusals.refused(Actor.system(), "access.refused", from, "API token");
    try {
      throttle.begin(ThrottlePolicy.TOKEN, from);
    } catch (ProblemException e) {
      return tooMany(request, response, e);
    }
    LOG.info(() -> "An API token from " + from + " is unknown, revoked or expired");
    return refuse(
        response,
        "Bearer realm=\"keysmith\", error=\"invalid_token\"",
        Problem.of(401, Message.of(SignInMessage.TOKEN_INVALID), Texts.of(request)));
  }

  private static AuthenticationStatus tooMany(
      HttpServletRequest request, HttpServletResponse response, ProblemException why) {
    response.setHeader("Retry-After", "60");
    ProblemWriter.write(response, Problem.of(why, Texts.of(request)));
    return AuthenticationStatus.SEND_FAILURE;
  }

  private static AuthenticationStatus refuse(
      HttpServletResponse response, String challenge, Problem problem) {
    response.setHeader("WWW-Authenticate", challenge);
    ProblemWriter.write(response, problem);
    return AuthenticationStatus.SEND_FAILURE;
  }
}
