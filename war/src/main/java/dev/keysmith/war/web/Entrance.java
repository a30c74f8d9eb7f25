package dev.keysmith.war.web;

import dev.keysmith.war.menu.Page;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Leads who types the bare address to the panel. */
@WebServlet({"", "/panel"})
public class Entrance extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendRedirect(Page.DASHBOARD.path());
  }
}
