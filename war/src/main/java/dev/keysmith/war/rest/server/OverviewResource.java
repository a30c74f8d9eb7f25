package dev.keysmith.war.rest.server;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.overview.Overview;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.war.rest.list.QueryMessage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Figures about everything. */
@Path("overview")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
@Tag(name = "Overview", description = "Figures, and what needs attention")
public class OverviewResource {

  @Inject Overview overview;

  /** All figures. */
  @GET
  @Operation(
      summary = "Count users, passkeys and keys, and say what needs attention",
      description = "Each figure comes with the filters of the list that shows what was counted.")
  public Overview.Figures figures(
      @Parameter(description = "The time zone in which days begin, for instance Europe/Berlin")
          @QueryParam("zone")
          @DefaultValue("UTC")
          String zone) {
    return overview.figures(zone(zone));
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw ProblemException.invalid(QueryMessage.ZONE).at("zone", ProblemMessage.FIELD_WRONG);
    }
  }
}
