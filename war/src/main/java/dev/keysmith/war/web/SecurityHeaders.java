package dev.keysmith.war.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Tells browsers what they must not do with our answers. */
@ApplicationScoped
public class SecurityHeaders {

  /** Nothing in these answers may run or load. */
  private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

  /**
   * PrimeFaces adds a second policy, {@code script-src}, that names the scripts of the page by
   * nonce; both hold. Without {@code default-src}, for it would speak of scripts too.
   */
  private static final String PANEL =
      "connect-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self'"
          + " 'unsafe-inline'; media-src 'none'; frame-src 'none'; worker-src 'none'; object-src"
          + " 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final String NO_FEATURES =
      "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(),"
          + " gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(),"
          + " publickey-credentials-create=(self), publickey-credentials-get=(self)";

  @Inject PublicAddress address;

  /** Sets the headers; called first for each request, so that refusals carry them too. */
  public void set(HttpServletRequest request, HttpServletResponse response) {
    String path = request.getServletPath();
    boolean data = ApiPath.matches(request) || path.startsWith("/login/");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Permissions-Policy", NO_FEATURES);
    response.setHeader("Content-Security-Policy", data ? NO_PAGE : PANEL);
    if (data || path.startsWith("/panel/")) {
      response.setHeader("Cache-Control", "no-store");
    }
    if (address.isSecure(request)) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
  }
}
