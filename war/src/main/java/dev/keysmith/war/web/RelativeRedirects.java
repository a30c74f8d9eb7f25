package dev.keysmith.war.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Leaves addresses of redirects as they are (RFC 9110, section 10.2.2): the server would put its
 * own scheme and port before them, which behind a proxy are not the ones that browsers use.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class RelativeRedirects extends HttpFilter {

  private static final long serialVersionUID = 1L;

  /**
   * The address of a request as one of ours: with one slash at its beginning, for what comes after
   * two is another host (RFC 3986, section 4.2).
   */
  public static String path(HttpServletRequest request) {
    String asked = request.getRequestURI();
    int start = 0;
    while (start < asked.length() && (asked.charAt(start) == '/' || asked.charAt(start) == '\\')) {
      start++;
    }
    return "/" + asked.substring(start);
  }

  /** Sends a browser elsewhere. */
  public static void send(HttpServletResponse response, String location) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", location);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(
        request,
        new HttpServletResponseWrapper(response) {
          @Override
          public void sendRedirect(String location) {
            send(this, location);
          }
        });
  }
}
