package dev.keysmith.war.login.passkey;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.caller.SignInMessage;
import dev.keysmith.war.login.panel.PanelSessions;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.login.passkey.Ceremonies.Purpose;
import dev.keysmith.war.problem.RequestMessage;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Lets operators who are signed in show again who they are, by password or passkey. */
@WebServlet("/login/confirm/*")
public class ConfirmationServlet extends JsonServlet {

  private static final long serialVersionUID = 1L;

  @Inject transient Ceremonies ceremonies;
  @Inject transient CurrentOperator current;
  @Inject transient Reauthentication fresh;
  @Inject transient PanelSessions sessions;

  @Override
  Object answer(String step, JsonNode body, HttpServletRequest request) {
    if (!current.isSignedIn() || !sessions.hasCsrfToken(request)) {
      throw ProblemException.forbidden(SignInMessage.OVER);
    }
    return switch (step) {
      case "/password" -> password(body, request);
      case "/passkey/options" ->
          CeremonyOptions.Request.of(ceremonies.begin(request, Purpose.CONFIRM, Bytes.empty()));
      case "/passkey" -> passkey(body, request);
      default -> throw ProblemException.notFound(RequestMessage.NOT_FOUND);
    };
  }

  private Object password(JsonNode body, HttpServletRequest request) {
    char[] password = text(body, "password").toCharArray();
    try {
      fresh.byPassword(request, password);
    } finally {
      Arrays.fill(password, '\0');
    }
    return Map.of();
  }

  private Object passkey(JsonNode body, HttpServletRequest request) {
    fresh.byPasskey(
        request,
        () -> ceremonies.take(request, Purpose.CONFIRM).ceremony(),
        body.path("credential").toString());
    return Map.of();
  }
}
