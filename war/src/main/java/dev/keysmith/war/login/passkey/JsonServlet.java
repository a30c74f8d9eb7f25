package dev.keysmith.war.login.passkey;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.war.body.MediaTypes;
import dev.keysmith.war.json.Json;
import dev.keysmith.war.json.JsonMessage;
import dev.keysmith.war.problem.Problem;
import dev.keysmith.war.problem.ProblemWriter;
import dev.keysmith.war.text.Texts;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a small JSON body, writes a JSON answer, and answers failures with problems. */
abstract class JsonServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger(JsonServlet.class.getName());

  /**
   * Carries out a call.
   *
   * @param step what comes after the servlet's own path, for instance {@code /options}
   */
  abstract Object answer(String step, JsonNode body, HttpServletRequest request) throws IOException;

  @Override
  protected final void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Object answer = answer(step(request), body(request), request);
      response.setContentType("application/json");
      response.getOutputStream().write(Json.writer(Texts.of(request)).writeValueAsBytes(answer));
    } catch (ProblemException e) {
      ProblemWriter.write(response, Problem.of(e, Texts.of(request)));
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "A call of " + request.getServletPath() + " failed", e);
      ProblemWriter.write(
          response, Problem.of(500, Message.of(ProblemMessage.FAULT), Texts.of(request)));
    }
  }

  private static String step(HttpServletRequest request) {
    return request.getPathInfo() == null ? "" : request.getPathInfo();
  }

  /** Only JSON, which no form of another site can send. */
  private static JsonNode body(HttpServletRequest request) throws IOException {
    String type = request.getContentType();
    if (!MediaTypes.is(type, "application/json")) {
      throw malformed();
    }
    try {
      JsonNode json = Json.MAPPER.readTree(request.getInputStream());
      if (!json.isObject()) {
        throw malformed();
      }
      return json;
    } catch (JacksonException e) {
      throw malformed();
    }
  }

  static String text(JsonNode body, String name) {
    return body.path(name).asString("");
  }

  private static ProblemException malformed() {
    return ProblemException.invalid(JsonMessage.NOT_AN_OBJECT);
  }
}
