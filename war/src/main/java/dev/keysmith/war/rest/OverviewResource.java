package dev.keysmith.war.rest;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.overview.Overview;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
  public Overview.Figures figures() {
    return overview.figures();
  }
}
