package dev.keysmith.war.login.passkey;

import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.access.ThrottlePolicy;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.operator.Ceremony;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.SignIns;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import dev.keysmith.war.login.panel.LoginRedirect;
import dev.keysmith.war.login.panel.PanelSessions;
import dev.keysmith.war.login.passkey.Ceremonies.Purpose;
import dev.keysmith.war.problem.RequestMessage;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Signs operators in by a discoverable passkey (WebAuthn Level 3, section 7.2). */
@WebServlet("/login/passkey/*")
public class PasskeySignInServlet extends JsonServlet {

  private static final long serialVersionUID = 1L;

  @Inject transient Ceremonies ceremonies;
  @Inject transient SignIns signIns;
  @Inject transient PanelSessions sessions;
  @Inject transient Throttle throttle;
  @Inject transient Refusals refusals;
  @Inject transient TrustedProxies proxies;

  @Override
  Object answer(String step, JsonNode body, HttpServletRequest request) {
    return switch (step) {
      case "/options" ->
          CeremonyOptions.Request.of(ceremonies.begin(request, Purpose.SIGN_IN, Bytes.empty()));
      case "" -> signIn(body, request);
      default -> throw ProblemException.notFound(RequestMessage.NOT_FOUND);
    };
  }

  /** Passkeys cannot be guessed: only the address is slowed down, never the account. */
  private Map<String, String> signIn(JsonNode body, HttpServletRequest request) {
    String from = proxies.caller(request);
    Operator operator = signed(body.path("credential").toString(), request, from);
    sessions.begin(request, operator, "passkey");
    return Map.of("to", LoginRedirect.safe(text(body, "to")));
  }

  private Operator signed(String credential, HttpServletRequest request, String from) {
    try {
      Ceremony ceremony = ceremonies.take(request, Purpose.SIGN_IN).ceremony();
      return throttle.attempt(
          ThrottlePolicy.SIGN_IN, from, () -> signIns.withPasskey(ceremony, credential));
    } catch (ProblemException e) {
      refusals.signInFailed("passkey", from);
      throw e;
    }
  }
}
