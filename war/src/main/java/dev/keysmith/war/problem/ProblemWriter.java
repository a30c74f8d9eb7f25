package dev.keysmith.war.problem;

import dev.keysmith.war.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes problems where Jakarta REST does not reach: in the login, ahead of the resources. */
public final class ProblemWriter {

  private ProblemWriter() {}

  /** Answers with the problem. */
  public static void write(HttpServletResponse response, Problem problem) {
    response.setStatus(problem.status());
    response.setContentType("application/problem+json");
    byte[] body = Json.MAPPER.writeValueAsBytes(problem);
    response.setContentLength(body.length);
    try {
      response.getOutputStream().write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("The caller went away before the answer was written", e);
    }
  }
}
