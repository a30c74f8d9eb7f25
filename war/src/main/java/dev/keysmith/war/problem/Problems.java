package dev.keysmith.war.problem;

import dev.keysmith.core.problem.Causes;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.war.health.ServerMetrics;
import dev.keysmith.war.text.Texts;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers every exception that leaves a resource with a {@link Problem}. */
@Provider
public class Problems implements ExceptionMapper<Throwable> {

  private static final Logger LOG = Logger.getLogger(Problems.class.getName());

  @Context HttpServletRequest request;
  @Inject SecureRandom random;
  @Inject ServerMetrics meters;
  @Inject Event<RoleRefused> refusals;

  @Override
  public Response toResponse(Throwable failure) {
    Response answer = answer(failure);
    if (isRefusalOfRole(failure)) {
      refusals.fire(new RoleRefused());
    }
    meters.countFailure(answer.getStatus());
    return answer;
  }

  private Response answer(Throwable failure) {
    Texts texts = Texts.of(request);
    Optional<RuntimeException> known = Failure.known(failure);
    if (known.isPresent()) {
      return KnownProblems.answer(known.get(), texts);
    }
    return Causes.find(failure, RequestRefused.class)
        .map(refused -> KnownProblems.ofStatus(refused.status(), texts).toResponse())
        .or(() -> Causes.find(failure, WebApplicationException.class).map(it -> of(it, texts)))
        .orElseGet(
            () ->
                LostUpdate.in(failure)
                    ? KnownProblems.lostUpdate(texts)
                    : incident(failure, texts));
  }

  /** The container's own check, before anything of ours is called. */
  private static boolean isRefusalOfRole(Throwable failure) {
    return failure instanceof ForbiddenException;
  }

  private Response of(WebApplicationException e, Texts texts) {
    Response raised = e.getResponse();
    if (raised.getStatus() < 400 || raised.hasEntity()) {
      return raised;
    }
    if (raised.getStatus() >= 500) {
      return incident(e, texts);
    }
    Response.ResponseBuilder answer =
        KnownProblems.ofStatus(raised.getStatus(), texts).responseBuilder();
    for (String name : new String[] {HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER}) {
      Optional.ofNullable(raised.getHeaderString(name)).ifPresent(it -> answer.header(name, it));
    }
    return answer.build();
  }

  private Response incident(Throwable failure, Texts texts) {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    LOG.log(Level.SEVERE, failure, () -> "Incident " + id + ": a request failed unexpectedly");
    return Problem.incident(id, texts).toResponse();
  }
}
