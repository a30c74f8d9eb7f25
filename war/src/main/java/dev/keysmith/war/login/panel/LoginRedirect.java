package dev.keysmith.war.login.panel;

import dev.keysmith.war.web.RelativeRedirects;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Sends browsers to the sign-in page and, afterwards, to where they wanted to go. */
public final class LoginRedirect {

  /** Where operators go who wanted nothing in particular. */
  public static final String START = "/panel/dashboard";

  private static final String SIGN_IN = "/panel/sign-in";

  private LoginRedirect() {}

  /** To the sign-in page; what was asked for is kept in its address. */
  static void atSignIn(HttpServletRequest request, HttpServletResponse response) {
    boolean wasInside = request.getRequestedSessionId() != null;
    String target =
        SIGN_IN
            + "?to="
            + URLEncoder.encode(wanted(request), StandardCharsets.UTF_8)
            + (wasInside ? "&over=true" : "");
    try {
      if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
        response.setContentType("text/xml;charset=UTF-8");
        response
            .getWriter()
            .write(
                "<?xml version='1.0' encoding='UTF-8'?><partial-response id=\"redirect\"><redirect"
                    + " url=\""
                    + escaped(target)
                    + "\"></redirect></partial-response>");
      } else {
        RelativeRedirects.send(response, target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The caller went away before the answer was written", e);
    }
  }

  /**
   * The same address once more, this time led by us. A browser that another site led here leaves
   * out cookies that are SameSite=Strict, so the operator seems not to be signed in.
   */
  static void again(HttpServletRequest request, HttpServletResponse response) {
    go(response, wanted(request));
  }

  /** Leads to an address of ours, from a page of ours. */
  public static void go(HttpServletResponse response, String path) {
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.setHeader("Cache-Control", "no-store");
    try {
      response
          .getWriter()
          .write(
              "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Keysmith</title>"
                  + "<meta http-equiv=\"refresh\" content=\"0;url="
                  + escaped(path)
                  + "\"></head><body><a href=\""
                  + escaped(path)
                  + "\">Keysmith</a></body></html>");
    } catch (IOException e) {
      throw new UncheckedIOException("The caller went away before the answer was written", e);
    }
  }

  private static String wanted(HttpServletRequest request) {
    String query = request.getQueryString();
    boolean get = request.getMethod().equals("GET");
    return RelativeRedirects.path(request) + (get && query != null ? "?" + query : "");
  }

  /**
   * Where to go after signing in: an address of the panel, never another site's, whatever the link
   * says that led to the sign-in page.
   */
  public static String safe(String wanted) {
    boolean ours =
        wanted != null
            && wanted.startsWith("/panel/")
            && !wanted.startsWith(SIGN_IN)
            && !wanted.contains("..")
            && wanted.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '"');
    return ours ? wanted : START;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
