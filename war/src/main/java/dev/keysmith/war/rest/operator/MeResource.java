package dev.keysmith.war.rest.operator;

import dev.keysmith.core.access.Role;
import dev.keysmith.war.login.caller.CurrentOperator;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller: to check a token. */
@Path("me")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
@Tag(name = "Tokens")
public class MeResource {

  @Inject CurrentOperator operator;

  /** The caller. */
  public record Me(String name, Role role) {}

  /** Who calls. */
  @GET
  @Operation(summary = "Say who calls, and with which role")
  public Me me() {
    return new Me(operator.principal().getName(), operator.principal().role());
  }
}
