package dev.keysmith.war.problem;

import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Map;

/** Which HTTP status and words stand for which failure. */
public final class KnownProblems {

  private KnownProblems() {}

  /** The status of an answer that tells of a failure; 500 for a fault of ours. */
  public static int status(Throwable failure) {
    Throwable known = Problems.known(failure).orElse(failure);
    if (known instanceof ProblemException problem) {
      return status(problem);
    }
    if (known instanceof CtapException refusal) {
      return status(refusal);
    }
    return known instanceof PluginException plugin ? status(plugin) : 500;
  }

  private static int status(ProblemException e) {
    return switch (e.kind()) {
      case INVALID -> 400;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case TOO_MANY -> 429;
      case UNAVAILABLE -> 503;
    };
  }

  private static int status(CtapException e) {
    return switch (e.status()) {
      case UNREADABLE_RESPONSE, OTHER, INTEGRITY_FAILURE -> 502;
      case TIMEOUT, USER_ACTION_TIMEOUT, ACTION_TIMEOUT -> 504;
      default -> 409;
    };
  }

  private static int status(PluginException e) {
    return switch (e.reason()) {
      case NOT_FOUND -> 404;
      case KEY_ABSENT, KEY_BUSY, EXPIRED, MISCONFIGURED -> 409;
      case REJECTED -> 422;
      case UNAVAILABLE -> 502;
      case RATE_LIMITED -> 503;
      case TIMED_OUT -> 504;
    };
  }

  static Response of(ProblemException e) {
    return Problem.of(status(e), e.code(), e.getMessage(), e.fields())
        .with(e.values())
        .toResponse();
  }

  /** A security key that refuses or fails is not a fault of the server. */
  static Problem of(CtapException e) {
    return problem(status(e), e.status().problemCode(), String.valueOf(e.getMessage()));
  }

  static Response of(PluginException e) {
    String code = "plugin." + e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    Response.ResponseBuilder answer =
        Problem.of(status(e), code, e.getMessage(), Map.of()).responseBuilder();
    e.retryAfter().ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, seconds(wait)));
    return answer.build();
  }

  static Response lostUpdate() {
    String detail = "It was changed by somebody else meanwhile; look again.";
    return problem(409, "changed-meanwhile", detail).toResponse();
  }

  private static long seconds(java.time.Duration wait) {
    return wait.plusMillis(999).toSeconds();
  }

  /** What stands for a status that says all there is to say. */
  public static Problem ofStatus(int status) {
    return switch (status) {
      case 401 ->
          problem(401, "login.required", "Send \"Authorization: Bearer\" and an API token.");
      case 403 ->
          problem(403, "login.role-missing", "The role of this API token does not allow this.");
      case 404 -> problem(404, "request.not-found", "There is nothing at this address.");
      case 405 ->
          problem(405, "request.method", "This address does not take this method; see Allow.");
      case 406 ->
          problem(406, "request.not-acceptable", "This address answers with application/json.");
      case 408 ->
          problem(
              408, "request.too-slow", "The request body took too long to arrive. Send it again.");
      case 413 -> problem(413, "request.too-large", "The request body is too large.");
      case 415 ->
          problem(415, "request.media-type", "Send the body with Content-Type: application/json.");
      case 421 ->
          problem(
              421,
              "server.address-unknown",
              "The server does not know this address as its own. Set keysmith.url to the address"
                  + " that people use, for instance https://keysmith.example.org.");
      case 503 ->
          problem(503, "request.busy", "Too many requests arrive at once. Try again in a second.");
      default -> problem(status, "request.refused", "The request cannot be handled as it is.");
    };
  }

  private static Problem problem(int status, String code, String detail) {
    return Problem.of(status, code, detail, Map.of());
  }
}
