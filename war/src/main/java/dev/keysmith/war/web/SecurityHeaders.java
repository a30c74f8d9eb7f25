package dev.keysmith.war.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Tells browsers what they must not do with our answers. */
public final class SecurityHeaders {

  /** No page comes from the API: nothing in its answers may run or load. */
  private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

  /** Scripts are left to the panel, whose pages name theirs by nonce in a policy of their own. */
  private static final String PAGE_POLICY =
      "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  /** Sets the headers; called first for each request, so that refusals carry them too. */
  public static void set(HttpServletRequest request, HttpServletResponse response) {
    boolean api = ApiPath.matches(request);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Content-Security-Policy", api ? API_POLICY : PAGE_POLICY);
    if (api) {
      response.setHeader("Cache-Control", "no-store");
    }
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
  }
}
