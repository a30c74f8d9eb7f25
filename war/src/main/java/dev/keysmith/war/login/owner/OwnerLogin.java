package dev.keysmith.war.login.owner;

import dev.keysmith.core.activation.Redemptions;
import dev.keysmith.core.message.Message;
import dev.keysmith.war.login.caller.SignInMessage;
import dev.keysmith.war.problem.Problem;
import dev.keysmith.war.problem.ProblemWriter;
import dev.keysmith.war.text.Texts;
import dev.keysmith.war.web.ApiPath;
import dev.keysmith.war.web.Cookies;
import dev.keysmith.war.web.PublicAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.NewCookie;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Lets users in who have redeemed an activation code, for {@code /api/activation} alone: they have
 * no account, and an operator's token is worth nothing there.
 */
@ApplicationScoped
public class OwnerLogin {

  /** The role of these users. */
  public static final String OWNS = "OWNER";

  private static final String PATH = "/api/activation";
  private static final String COOKIE = "keysmith-activation";

  @Inject Redemptions redemptions;
  @Inject PublicAddress address;

  /** Whether a request is one of theirs. */
  public static boolean concerns(HttpServletRequest request) {
    String path = ApiPath.of(request);
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  public AuthenticationStatus validate(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    if (ApiPath.of(request).equals(PATH + "/redeem")) {
      return context.doNothing();
    }
    return token(request)
        .flatMap(redemptions::find)
        .map(
            session -> context.notifyContainerAboutLogin(new OwnerPrincipal(session), Set.of(OWNS)))
        .orElseGet(() -> refuse(request, response));
  }

  /** What proves the redemption by this browser, if there is anything. */
  public Optional<String> token(HttpServletRequest request) {
    String name = name(request);
    return Optional.ofNullable(request.getCookies()).stream()
        .flatMap(Arrays::stream)
        .filter(cookie -> cookie.getName().equals(name))
        .map(Cookie::getValue)
        .findFirst();
  }

  private static AuthenticationStatus refuse(
      HttpServletRequest request, HttpServletResponse response) {
    ProblemWriter.write(
        response,
        Problem.of(401, Message.of(SignInMessage.ACTIVATION_REQUIRED), Texts.of(request)));
    return AuthenticationStatus.SEND_FAILURE;
  }

  private String name(HttpServletRequest request) {
    return Cookies.name(COOKIE, address.isSecure(request));
  }

  /** Proves a redemption from now on; not for scripts, and not for other sites. */
  public NewCookie cookie(String token, HttpServletRequest request) {
    boolean secure = address.isSecure(request);
    return new NewCookie.Builder(name(request))
        .value(token)
        .path(secure ? "/" : PATH)
        .httpOnly(true)
        .secure(secure)
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }
}
