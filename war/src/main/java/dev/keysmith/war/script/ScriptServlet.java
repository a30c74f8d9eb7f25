package dev.keysmith.war.script;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Answers with a module of this build, which browsers may keep. Modules of another build are not
 * found: the page that asks for them is older than the server, and a reload brings it up to date.
 */
@WebServlet(Scripts.ROOT + "*")
public class ScriptServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject transient Scripts scripts;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = Optional.ofNullable(request.getPathInfo()).orElse("");
    Optional<byte[]> module = scripts.find(path);
    if (module.isEmpty()) {
      response.setHeader("Cache-Control", "no-store");
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    response.setContentType("text/javascript;charset=UTF-8");
    response.setContentLength(module.get().length);
    response.getOutputStream().write(module.get());
  }
}
