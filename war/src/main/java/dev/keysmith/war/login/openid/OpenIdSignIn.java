package dev.keysmith.war.login.openid;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.operator.NewOperator;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.SignIns;
import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import dev.keysmith.war.login.caller.SignInMessage;
import dev.keysmith.war.login.panel.LoginRedirect;
import dev.keysmith.war.login.panel.PanelSessions;
import dev.keysmith.war.web.PublicAddress;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Signs operators in at the OpenID provider, if one is configured. */
@ApplicationScoped
public class OpenIdSignIn {

  static final String CALLBACK = "/login/openid/callback";
  private static final String ATTRIBUTE = OpenIdSignIn.class.getName();
  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final int RANDOM_BYTES = 32;

  private final Optional<OpenIdProvider> provider;

  @Inject SignIns signIns;
  @Inject PanelSessions sessions;
  @Inject PublicAddress address;
  @Inject Refusals refusals;
  @Inject TrustedProxies proxies;
  @Inject SecureRandom random;
  @Inject Clock clock;

  /** Reads {@code keysmith.oidc.*}. */
  @Inject
  public OpenIdSignIn(Configuration configuration) {
    provider = OpenIdSettings.of(configuration).map(OpenIdProvider::new);
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway.Init")
  protected OpenIdSignIn() {
    provider = Optional.empty();
  }

  private record Pending(String state, String nonce, String verifier, String to, Instant ends)
      implements Serializable {}

  /** What the button says; empty if there is no provider. */
  public Optional<String> label() {
    return provider.map(it -> it.settings().label());
  }

  /** Where to send the browser. */
  URI begin(HttpServletRequest request, String to, boolean anew) {
    Pending pending =
        new Pending(text(), text(), text(), LoginRedirect.safe(to), clock.instant().plus(LIFETIME));
    URI target = provider().request(begun(pending), callback(request), anew);
    request.getSession(true).setAttribute(ATTRIBUTE, pending);
    return target;
  }

  /** Whether this session has sent its browser to the provider. */
  boolean isUnderWay(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(ATTRIBUTE) != null;
  }

  /**
   * Signs in whom the provider has sent back; gives where to go then.
   *
   * @throws ProblemException if it was not this browser that we sent there, or the person is not
   *     let in
   */
  String complete(HttpServletRequest request) {
    try {
      return completed(request);
    } catch (ProblemException e) {
      String why =
          e.code().equals(SignInMessage.OPENID_NO_ROLE.code()) ? "openid without a role" : "openid";
      refusals.signInFailed(why, proxies.caller(request));
      throw e;
    }
  }

  private String completed(HttpServletRequest request) {
    Pending pending = take(request);
    if (request.getParameter("code") == null) {
      throw ProblemException.forbidden(SignInMessage.OPENID_REFUSED);
    }
    OpenIdClaims claims =
        provider().redeem(request.getParameter("code"), begun(pending), callback(request));
    Role role = provider().settings().role(claims.roleValues()).orElseThrow(OpenIdSignIn::noRole);
    Operator operator =
        signIns.withIdentity(
            claims.identity(), new NewOperator(claims.login(), claims.name(), role));
    sessions.begin(request, operator, "openid");
    return pending.to();
  }

  private static ProblemException noRole() {
    return ProblemException.forbidden(SignInMessage.OPENID_NO_ROLE);
  }

  private Pending take(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    Pending pending = session == null ? null : (Pending) session.getAttribute(ATTRIBUTE);
    String state = Optional.ofNullable(request.getParameter("state")).orElse("");
    if (pending == null
        || !clock.instant().isBefore(pending.ends())
        || !MessageDigest.isEqual(ascii(pending.state()), ascii(state))) {
      throw ProblemException.forbidden(SignInMessage.OPENID_OVER);
    }
    session.removeAttribute(ATTRIBUTE);
    return pending;
  }

  private URI callback(HttpServletRequest request) {
    return URI.create(address.origin(request) + CALLBACK);
  }

  private OpenIdProvider provider() {
    return provider.orElseThrow(() -> ProblemException.notFound(SignInMessage.NO_OPENID));
  }

  private static OpenIdProvider.Begun begun(Pending pending) {
    return new OpenIdProvider.Begun(pending.state(), pending.nonce(), pending.verifier());
  }

  private String text() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Bytes.of(bytes).toBase64Url();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
