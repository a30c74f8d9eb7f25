package dev.keysmith.war.rest.passkey;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.rest.list.ListParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Passkeys: assign, follow, withdraw. */
@Path("passkeys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Passkeys", description = "What users get on their security keys")
public class PasskeysResource {

  @Inject Passkeys passkeys;
  @Inject CurrentOperator operator;

  /** What the API tells about a passkey. */
  public record Passkey(
      long id,
      long userId,
      long integrationId,
      Optional<Long> keyId,
      dev.keysmith.core.passkey.Passkey.State state,
      Instant assigned,
      String assignedBy,
      Optional<Message> problem,
      Optional<String> rpId,
      Optional<String> factorId,
      Optional<Instant> activated,
      Optional<Instant> revoked,
      boolean awaitsRemoval) {

    static Passkey of(dev.keysmith.core.passkey.Passkey passkey) {
      return new Passkey(
          passkey.id(),
          passkey.userId(),
          passkey.integrationId(),
          passkey.keyId(),
          passkey.state(),
          passkey.assigned(),
          passkey.assignedBy(),
          passkey.problem(),
          passkey.rpId(),
          passkey.factorId(),
          passkey.activated(),
          passkey.revoked(),
          passkey.awaitsRemoval());
    }
  }

  /** A passkey that is wanted for a user. */
  @Schema(name = "NewPasskey")
  public record Wanted(long userId, long integrationId) {}

  /** A part of the list. */
  @GET
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "List the passkeys, the newest first")
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = dev.keysmith.core.passkey.Passkey.State.class))
  @Parameter(name = "user", in = ParameterIn.QUERY, schema = @Schema(implementation = long.class))
  @Parameter(
      name = "integration",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = long.class))
  @Parameter(name = "key", in = ParameterIn.QUERY, schema = @Schema(implementation = long.class))
  @Parameter(
      name = "keyState",
      in = ParameterIn.QUERY,
      description = "The state of the security key that it is on",
      schema = @Schema(implementation = SecurityKey.State.class))
  @Parameter(
      name = "assignedBefore",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "awaitsRemoval",
      in = ParameterIn.QUERY,
      description = "Whether the identity provider still has the factor of a revoked passkey",
      schema = @Schema(implementation = boolean.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema =
          @Schema(implementation = String.class, pattern = "^-?(assigned|activated|state|id)$"))
  public Slice<Passkey> list(@BeanParam ListParameters list) {
    return passkeys.list(list.page()).map(Passkey::of);
  }

  /** One passkey. */
  @GET
  @Path("{id}")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "Look at a passkey")
  public Passkey get(@PathParam("id") long id) {
    return Passkey.of(passkeys.find(id));
  }

  /** A new passkey. */
  @POST
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(
      summary = "Assign a passkey to a user",
      description = "It becomes active once its owner has initialised a security key.")
  @APIResponseSchema(
      value = Passkey.class,
      responseCode = "201",
      responseDescription = "The passkey")
  public Response assign(Wanted wanted, @Context UriInfo uri) {
    Passkey passkey =
        Passkey.of(passkeys.assign(operator.actor(), wanted.userId(), wanted.integrationId()));
    return Response.created(uri.getAbsolutePathBuilder().path(Long.toString(passkey.id())).build())
        .entity(passkey)
        .build();
  }

  /** Another attempt. */
  @POST
  @Path("{id}/retry")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(summary = "Let a failed passkey wait for its security key again")
  public Passkey retry(@PathParam("id") long id) {
    return Passkey.of(passkeys.retry(operator.actor(), id));
  }

  /** The end of a passkey. */
  @POST
  @Path("{id}/revoke")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(
      summary = "Withdraw a passkey",
      description =
          "The factor at the identity provider is removed at once or as soon as it can be reached;"
              + " until then awaitsRemoval is true. One that is being written ends in nothing.")
  public Passkey revoke(@PathParam("id") long id) {
    return Passkey.of(passkeys.revoke(operator.actor(), id));
  }
}
