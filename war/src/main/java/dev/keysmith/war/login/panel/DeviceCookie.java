package dev.keysmith.war.login.panel;

import dev.keysmith.core.secret.SecretException;
import dev.keysmith.core.secret.Secrets;
import dev.keysmith.war.web.Cookies;
import dev.keysmith.war.web.PublicAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The cookie of a browser in which an operator has signed in with a password before. */
@ApplicationScoped
class DeviceCookie {

  private static final String NAME = "keysmith-browser";
  private static final String PURPOSE = "operator-browser";
  private static final Duration LIFETIME = Duration.ofDays(180);
  private static final int ID_BYTES = 16;

  @Inject Secrets secrets;
  @Inject PublicAddress address;
  @Inject SecureRandom random;

  /** The browser, if this account has signed in in it before. */
  Optional<String> knownTo(HttpServletRequest request, String login) {
    return sealed(request, name(request))
        .flatMap(this::open)
        .filter(it -> it.startsWith(login + " "));
  }

  /** From now on the browser is known to the account. */
  void remember(HttpServletRequest request, HttpServletResponse response, String login) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String text = login + " " + HexFormat.of().formatHex(id);
    Cookie cookie = new Cookie(name(request), secrets.seal(PURPOSE, text.toCharArray()));
    cookie.setHttpOnly(true);
    cookie.setSecure(address.isSecure(request));
    cookie.setPath("/");
    cookie.setMaxAge(Math.toIntExact(LIFETIME.toSeconds()));
    cookie.setAttribute("SameSite", "Strict");
    response.addCookie(cookie);
  }

  private String name(HttpServletRequest request) {
    return Cookies.name(NAME, address.isSecure(request));
  }

  private static Optional<String> sealed(HttpServletRequest request, String name) {
    return Stream.ofNullable(request.getCookies())
        .flatMap(Arrays::stream)
        .filter(cookie -> cookie.getName().equals(name))
        .map(Cookie::getValue)
        .findFirst();
  }

  private Optional<String> open(String sealed) {
    try {
      return Optional.of(new String(secrets.open(PURPOSE, sealed)));
    } catch (SecretException e) {
      return Optional.empty();
    }
  }
}
