package dev.keysmith.war.login.panel;

import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.SignIns;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.login.caller.SignInMessage;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Logger;

/** Signs operators in by password. */
@ApplicationScoped
public class PasswordSignIn {

  private static final Logger LOG = Logger.getLogger(PasswordSignIn.class.getName());

  @Inject SignIns signIns;
  @Inject PanelSessions sessions;
  @Inject TrustedProxies proxies;
  @Inject DeviceCookie browser;
  @Inject Refusals refusals;

  /**
   * Signs in, or says why not in the same words for every reason but a wait.
   *
   * @param password stays the caller's to erase
   */
  public void signIn(
      HttpServletRequest request, HttpServletResponse response, String login, char[] password) {
    String account = login.strip().toLowerCase(Locale.ROOT);
    String from = proxies.caller(request);
    Optional<Operator> operator =
        tried(account, password, new SignIns.From(from, browser.knownTo(request, account)));
    if (operator.isEmpty()) {
      signIns.failed(account, "password", from);
      LOG.info(() -> "A sign-in with a password from " + from + " failed");
      throw ProblemException.forbidden(SignInMessage.FAILED);
    }
    browser.remember(request, response, account);
    sessions.begin(request, operator.get(), "password");
  }

  /** Passwords that are not even looked at are recorded, too. */
  private Optional<Operator> tried(String account, char[] password, SignIns.From from) {
    try {
      return signIns.withPassword(account, password, from);
    } catch (ProblemException e) {
      refusals.signInFailed("password", from.address());
      throw e;
    }
  }

  /** Where to go after signing in: a page of the panel, whatever was asked for. */
  public static String safe(String wanted) {
    return LoginRedirect.safe(wanted);
  }
}
