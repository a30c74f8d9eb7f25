package dev.keysmith.war.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * Tells requests of our own pages from those that other sites make a browser send (OWASP cross-site
 * request forgery prevention; Fetch Metadata, section 2.3).
 */
@ApplicationScoped
public class SameOrigin {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  @Inject PublicAddress address;

  /** Whether a request may do what it asks for as far as its sender's site is concerned. */
  public boolean allows(HttpServletRequest request) {
    return SAFE.contains(request.getMethod()) || isOfOurPages(request);
  }

  /** Whether one of our pages sent it; every browser says so for what can change anything. */
  private boolean isOfOurPages(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    return address.origin(request).equals(request.getHeader("Origin"));
  }

  /** Whether another site led here: then the browser leaves out cookies of the strict kind. */
  public boolean isLedHereByAnotherSite(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return "cross-site".equals(site) || "same-site".equals(site);
  }
}
