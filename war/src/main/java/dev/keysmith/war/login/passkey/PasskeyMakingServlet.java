package dev.keysmith.war.login.passkey;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.access.ThrottlePolicy;
import dev.keysmith.core.operator.NewOperator;
import dev.keysmith.core.operator.NewPasskey;
import dev.keysmith.core.operator.Operator;
import dev.keysmith.core.operator.OperatorPasskeys;
import dev.keysmith.core.operator.Operators;
import dev.keysmith.core.operator.SetUpNames;
import dev.keysmith.core.operator.SetUps;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.login.caller.SignInMessage;
import dev.keysmith.war.login.panel.LoginRedirect;
import dev.keysmith.war.login.panel.PanelSessions;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.login.passkey.Ceremonies.Begun;
import dev.keysmith.war.login.passkey.Ceremonies.Purpose;
import dev.keysmith.war.login.setup.FirstSetUp;
import dev.keysmith.war.login.setup.SetUpRefusals;
import dev.keysmith.war.problem.RequestMessage;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Makes passkeys for operators (WebAuthn Level 3, section 7.1): by a set-up link, or for the own
 * account.
 */
@WebServlet("/login/new-passkey/*")
public class PasskeyMakingServlet extends JsonServlet {

  private static final long serialVersionUID = 1L;

  @Inject transient Ceremonies ceremonies;
  @Inject transient PanelSessions sessions;
  @Inject transient Reauthentication fresh;
  @Inject transient SetUps setUps;
  @Inject transient Operators operators;
  @Inject transient OperatorPasskeys passkeys;
  @Inject transient FirstSetUp firstSetUp;
  @Inject transient Throttle throttle;
  @Inject transient SetUpRefusals setUpRefusals;
  @Inject transient TrustedProxies proxies;

  @Override
  Object answer(String step, JsonNode body, HttpServletRequest request) {
    return switch (step) {
      case "/set-up/owner" -> withLink(body, request, this::owner);
      case "/set-up/options" -> withLink(body, request, link -> beginSetUp(link, body, request));
      case "/set-up" -> withLink(body, request, link -> setUp(link, body, request));
      case "/own/options" -> beginOwn(request);
      case "/own" -> own(body, request);
      default -> throw ProblemException.notFound(RequestMessage.NOT_FOUND);
    };
  }

  /** Tries a set-up link. */
  private Object withLink(
      JsonNode body, HttpServletRequest request, Function<char[], Object> work) {
    char[] link = text(body, "link").toCharArray();
    try {
      return throttle.attempt(
          ThrottlePolicy.SIGN_IN, proxies.caller(request), () -> work.apply(link));
    } catch (ProblemException e) {
      setUpRefusals.record(e, request);
      throw e;
    } finally {
      Arrays.fill(link, '\0');
    }
  }

  /** Whose link it is; no login means the first account, which has none yet. */
  private Object owner(char[] link) {
    return setUps.owner(link).map(it -> Map.of("login", it.login())).orElse(Map.of());
  }

  private Object beginSetUp(char[] link, JsonNode body, HttpServletRequest request) {
    Optional<Operator> owner = setUps.owner(link);
    if (owner.isPresent()) {
      return options(request, Purpose.SET_UP, owner.get());
    }
    NewOperator wanted =
        new NewOperator(text(body, "login"), text(body, "name"), Role.ADMINISTRATOR);
    return CeremonyOptions.Creation.of(
        ceremonies.begin(request, Purpose.SET_UP, operators.newUserHandle()),
        new CeremonyOptions.Names(wanted.login(), wanted.name()),
        passkeys.algorithms(),
        List.of());
  }

  private Object setUp(char[] link, JsonNode body, HttpServletRequest request) {
    NewPasskey made = made(ceremonies.take(request, Purpose.SET_UP), body);
    SetUpNames names = new SetUpNames(text(body, "login"), text(body, "name"));
    Operator operator = setUps.addPasskey(link, names, made);
    firstSetUp.tidy();
    sessions.begin(request, operator, "passkey");
    return Map.of("to", LoginRedirect.START);
  }

  private Object beginOwn(HttpServletRequest request) {
    Operator operator = signedIn(request);
    fresh.require(request);
    return options(request, Purpose.ADD, operator);
  }

  private Object own(JsonNode body, HttpServletRequest request) {
    Operator operator = signedIn(request);
    NewPasskey made = made(ceremonies.take(request, Purpose.ADD), body);
    passkeys.add(operator.actor(), operator.id(), made);
    return Map.of("to", "/panel/account");
  }

  private Operator signedIn(HttpServletRequest request) {
    if (!sessions.hasCsrfToken(request)) {
      throw ProblemException.forbidden(SignInMessage.OVER);
    }
    return sessions
        .operator(request)
        .orElseThrow(() -> ProblemException.forbidden(SignInMessage.OVER));
  }

  private Object options(HttpServletRequest request, Purpose purpose, Operator operator) {
    List<CeremonyOptions.Descriptor> known =
        passkeys.list(operator.id()).stream()
            .map(
                passkey ->
                    new CeremonyOptions.Descriptor(
                        "public-key", passkey.credentialId(), passkey.transports()))
            .toList();
    return CeremonyOptions.Creation.of(
        ceremonies.begin(request, purpose, operator.userHandle()),
        new CeremonyOptions.Names(operator.login(), operator.name()),
        passkeys.algorithms(),
        known);
  }

  private static NewPasskey made(Begun begun, JsonNode body) {
    return new NewPasskey(
        begun.ceremony(),
        begun.userHandle(),
        text(body, "label"),
        body.path("credential").toString());
  }
}
