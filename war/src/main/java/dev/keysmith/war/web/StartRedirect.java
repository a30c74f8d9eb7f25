package dev.keysmith.war.web;

import dev.keysmith.war.menu.Page;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Leads who types the bare address to the panel, and owners of security keys to their page;
 * browsers keep what comes after the {@code #} (RFC 9110, section 10.2.2).
 */
@WebServlet({"", "/panel", StartRedirect.OWNERS})
public class StartRedirect extends HttpServlet {

  static final String OWNERS = "/activate";

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean owner = request.getServletPath().equals(OWNERS);
    response.sendRedirect((owner ? Page.ACTIVATE : Page.DASHBOARD).path());
  }
}
