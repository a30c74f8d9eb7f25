package dev.keysmith.war.problem;

import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import dev.keysmith.war.text.Texts;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** The one mapping from kinds of failure to HTTP statuses. */
public final class KnownProblems {

  private KnownProblems() {}

  /** The answer to a known failure, one that {@link Failure#known} finds. */
  static Response answer(RuntimeException failure, Texts texts) {
    Response.ResponseBuilder answer = of(failure, texts).responseBuilder();
    if (failure instanceof PluginException plugin) {
      plugin.retryAfter().ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, seconds(wait)));
    }
    return answer.build();
  }

  /** What is told of a known failure. */
  static Problem of(RuntimeException failure, Texts texts) {
    return failure instanceof ProblemException problem
        ? Problem.of(problem, texts)
        : Problem.of(statusOfKnown(failure), Failure.message(failure), texts);
  }

  /** The status of an answer that tells of a failure; 500 for a fault of the server. */
  public static int status(Throwable failure) {
    return Failure.known(failure).map(KnownProblems::statusOfKnown).orElse(500);
  }

  private static int statusOfKnown(RuntimeException failure) {
    if (failure instanceof ProblemException problem) {
      return status(problem.kind());
    }
    return failure instanceof CtapException refusal
        ? status(refusal)
        : status((PluginException) failure);
  }

  /** The status of a kind of refusal. */
  static int status(ProblemException.Kind kind) {
    return switch (kind) {
      case INVALID -> 400;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case TOO_MANY -> 429;
      case UNAVAILABLE -> 503;
    };
  }

  /** A security key that refuses or fails is not a fault of the server. */
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

  static Response lostUpdate(Texts texts) {
    return problem(409, RequestMessage.CHANGED_MEANWHILE, texts).toResponse();
  }

  private static long seconds(Duration wait) {
    return wait.plusMillis(999).toSeconds();
  }

  /** The problem of a status that says all there is to say. */
  public static Problem ofStatus(int status, Texts texts) {
    return problem(status, message(status), texts);
  }

  private static RequestMessage message(int status) {
    return switch (status) {
      case 401 -> RequestMessage.LOGIN_REQUIRED;
      case 403 -> RequestMessage.ROLE_MISSING;
      case 404 -> RequestMessage.NOT_FOUND;
      case 405 -> RequestMessage.METHOD;
      case 406 -> RequestMessage.NOT_ACCEPTABLE;
      case 408 -> RequestMessage.TOO_SLOW;
      case 413 -> RequestMessage.TOO_LARGE;
      case 415 -> RequestMessage.MEDIA_TYPE;
      case 421 -> RequestMessage.ADDRESS_UNKNOWN;
      case 503 -> RequestMessage.BUSY;
      default -> RequestMessage.REFUSED;
    };
  }

  private static Problem problem(int status, RequestMessage code, Texts texts) {
    return Problem.of(status, Message.of(code), texts);
  }
}
