package dev.keysmith.war.rest.server;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.secret.Secrets;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The master key, under which credentials are sealed. */
@Path("master-key")
@RolesAllowed(Role.ADMINISTRATES)
@Tag(name = "Server")
public class MasterKeyResource {

  @Inject Secrets secrets;
  @Inject CurrentOperator operator;
  @Inject Reauthentication fresh;

  /** A new key in the file. */
  @POST
  @Path("rotate")
  @Operation(
      summary = "Add a key to the master key, and seal all credentials again under it",
      description =
          "Credentials are sealed again in the background. Old keys stay in the file, so that a"
              + " backup of the database can still be opened. Back the file up again afterwards.")
  @APIResponse(responseCode = "204", description = "The new key is in use")
  public void rotate(@Context HttpServletRequest request) {
    fresh.require(request);
    secrets.rotate(operator.actor());
  }
}
