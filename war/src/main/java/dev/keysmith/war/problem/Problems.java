package dev.keysmith.war.problem;

import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import dev.keysmith.war.health.Meters;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.WebApplicationException;
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

  @Inject SecureRandom random;
  @Inject Meters meters;
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
    Optional<Throwable> known = known(failure);
    if (known.isEmpty()) {
      return LostUpdate.in(failure) ? KnownProblems.lostUpdate() : incident(failure);
    }
    if (known.get() instanceof ProblemException problem) {
      return KnownProblems.of(problem);
    }
    if (known.get() instanceof PluginException plugin) {
      return KnownProblems.of(plugin);
    }
    if (known.get() instanceof RequestRefused refused) {
      return KnownProblems.ofStatus(refused.status()).toResponse();
    }
    if (known.get() instanceof CtapException refusal) {
      return KnownProblems.of(refusal).toResponse();
    }
    return of((WebApplicationException) known.get());
  }

  /** The container's own check, before anything of ours is called. */
  private static boolean isRefusalOfRole(Throwable failure) {
    return failure instanceof ForbiddenException;
  }

  /** Transactions and proxies wrap what a core method throws. */
  static Optional<Throwable> known(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth++ < 10; t = t.getCause()) {
      if (t instanceof ProblemException
          || t instanceof PluginException
          || t instanceof RequestRefused
          || t instanceof CtapException
          || t instanceof WebApplicationException) {
        return Optional.of(t);
      }
    }
    return Optional.empty();
  }

  private Response of(WebApplicationException e) {
    Response raised = e.getResponse();
    if (raised.getStatus() < 400 || raised.hasEntity()) {
      return raised;
    }
    if (raised.getStatus() >= 500) {
      return incident(e);
    }
    Response.ResponseBuilder answer = KnownProblems.ofStatus(raised.getStatus()).responseBuilder();
    for (String name : new String[] {HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER}) {
      Optional.ofNullable(raised.getHeaderString(name)).ifPresent(it -> answer.header(name, it));
    }
    return answer.build();
  }

  private Response incident(Throwable failure) {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    LOG.log(Level.SEVERE, failure, () -> "Incident " + id + ": a request failed unexpectedly");
    return Problem.incident(id).toResponse();
  }
}
