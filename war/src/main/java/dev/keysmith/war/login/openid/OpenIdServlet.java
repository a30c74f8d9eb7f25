package dev.keysmith.war.login.openid;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.login.panel.LoginRedirect;
import dev.keysmith.war.menu.Page;
import dev.keysmith.war.web.RelativeRedirects;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Sends browsers to the OpenID provider and receives them again. */
@WebServlet({"/login/openid", OpenIdSignIn.CALLBACK})
public class OpenIdServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String AGAIN = "again";

  @Inject transient OpenIdSignIn signIn;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      if (request.getServletPath().equals(OpenIdSignIn.CALLBACK)) {
        complete(request, response);
      } else {
        String to = Optional.ofNullable(request.getParameter("to")).orElse("");
        response.sendRedirect(
            signIn.begin(request, to, request.getParameter("anew") != null).toString());
      }
    } catch (ProblemException e) {
      LoginRedirect.go(
          response,
          Page.SIGN_IN.path() + "?problem=" + URLEncoder.encode(e.code(), StandardCharsets.UTF_8));
    }
  }

  /** The provider's site led here, so the first time the session's cookie is left out. */
  private void complete(HttpServletRequest request, HttpServletResponse response) {
    if (!signIn.isUnderWay(request) && request.getParameter(AGAIN) == null) {
      LoginRedirect.go(
          response, RelativeRedirects.path(request) + "?" + query(request) + "&" + AGAIN + "=1");
    } else {
      LoginRedirect.go(response, signIn.complete(request));
    }
  }

  private static String query(HttpServletRequest request) {
    return Optional.ofNullable(request.getQueryString()).orElse("");
  }
}
