package dev.keysmith.war.rest.key;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.custody.KeyReplacement;
import dev.keysmith.core.custody.PasskeyDisposal;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.core.session.KeyExaminations;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.rest.list.ListParameters;
import dev.keysmith.war.rest.list.QueryMessage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The inventory of security keys. */
@Path("keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
@Tag(name = "Security keys", description = "Which there are and whose they are")
public class KeysResource {

  private static final String PASSKEYS = "passkeys";
  private static final String SEEN = "seen";
  private static final String LOOKED_AT =
      "Ids of the passkeys at whose sight this was decided: with another one in use nothing is"
          + " changed (problem key.passkeys-changed). Left out: whichever there are";
  private static final String CHOSEN =
      "What becomes of the passkeys in use on the key; needed only if there are any";
  private static final String REVOKED =
      "REVOKE, if passkeys in use are on the key; KEEP is refused then";

  @Inject SecurityKeys keys;
  @Inject KeyLifecycle lifecycle;
  @Inject KeyExaminations examinations;
  @Inject CurrentOperator operator;

  /** A plugged key that is to be taken into stock. */
  @Schema(name = "NewSecurityKey")
  public record Registration(String transport, String key, @Nullable String assetTag) {}

  /** Who is to have a key. */
  public record NewOwner(long userId) {}

  /**
   * Another key for the owner of one that is lost or retired.
   *
   * @param newKeyId a key in stock; none if the owner initialises one that is in no inventory yet
   * @param reason what becomes of the old key, unless it is lost or retired already
   */
  public record Replacement(@Nullable Long newKeyId, SecurityKey.State reason) {}

  /** A label. */
  public record AssetTag(String assetTag) {}

  /** A part of the list. */
  @GET
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "List the security keys, the newest first")
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = SecurityKey.State.class))
  @Parameter(
      name = "owner",
      in = ParameterIn.QUERY,
      description = "Id of a user",
      schema = @Schema(implementation = long.class))
  @Parameter(
      name = "aaguid",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING, format = "uuid"))
  @Parameter(
      name = "model",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "serialNumber",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "search",
      in = ParameterIn.QUERY,
      description = "Part of model, serial number or asset tag",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema =
          @Schema(
              implementation = String.class,
              pattern = "^-?(created|activated|assetTag|model|serialNumber|state|id)$"))
  public Slice<KeyView> list(@BeanParam ListParameters list) {
    return keys.list(list.page()).map(KeyView::of);
  }

  /** A key for the stock. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Take a plugged security key into stock",
      description =
          "Only for keys that show a serial number, by which they are recognised later. Others are"
              + " recorded when their owners initialise them.")
  @APIResponseSchema(value = KeyView.class, responseCode = "201", responseDescription = "The key")
  public Response register(Registration wanted, @Context UriInfo uri) {
    String tag = wanted.assetTag() == null ? "" : wanted.assetTag();
    KeyView key =
        KeyView.of(examinations.register(operator.actor(), wanted.transport(), wanted.key(), tag));
    return Response.created(uri.getAbsolutePathBuilder().path(Long.toString(key.id())).build())
        .entity(key)
        .build();
  }

  /** One key. */
  @GET
  @Path("{id}")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "Look at a security key")
  public KeyView get(@PathParam("id") long id) {
    return KeyView.of(keys.find(id));
  }

  /** A label for a key. */
  @PUT
  @Path("{id}/asset-tag")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Label a security key; a blank label removes it")
  public KeyView tag(@PathParam("id") long id, AssetTag tag) {
    return KeyView.of(keys.tag(operator.actor(), id, tag.assetTag()));
  }

  /** A key for a user. */
  @POST
  @Path("{id}/assign")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Give a security key that is in stock to a user, who has yet to initialise it",
      description = "Problem key.passkeys-in-use if another user can still sign in with it.")
  @Parameter(
      name = PASSKEYS,
      in = ParameterIn.QUERY,
      description = REVOKED,
      schema = @Schema(implementation = PasskeyDisposal.Choice.class))
  public KeyView assign(
      @PathParam("id") long id,
      @QueryParam(PASSKEYS) @Nullable String passkeys,
      @Parameter(description = LOOKED_AT) @QueryParam(SEEN) List<Long> seen,
      NewOwner owner) {
    return KeyView.of(
        lifecycle.assign(operator.actor(), id, owner.userId(), disposal(passkeys, seen)));
  }

  /** A serial number that tells nothing. */
  @POST
  @Path("{id}/share-serial-number")
  @Operation(
      summary = "Say that other security keys show the same serial number as this one",
      description = "From then on they are told apart by the passkeys that are written on them.")
  public KeyView shareSerialNumber(@PathParam("id") long id) {
    return KeyView.of(keys.shareSerialNumber(operator.actor(), id));
  }

  /** A key that its owner does not have any more. */
  @POST
  @Path("{id}/lose")
  @Operation(
      summary = "Report a security key lost",
      description = "Problem key.passkeys-undecided if passkeys in use are on it and no word is.")
  @Parameter(
      name = PASSKEYS,
      in = ParameterIn.QUERY,
      description = CHOSEN,
      schema = @Schema(implementation = PasskeyDisposal.Choice.class))
  public KeyView lose(
      @PathParam("id") long id,
      @QueryParam(PASSKEYS) @Nullable String passkeys,
      @Parameter(description = LOOKED_AT) @QueryParam(SEEN) List<Long> seen) {
    return KeyView.of(lifecycle.lose(operator.actor(), id, disposal(passkeys, seen)));
  }

  /** A key that is out of use. */
  @POST
  @Path("{id}/retire")
  @Operation(
      summary = "Take a security key out of use",
      description = "Problem key.passkeys-undecided if passkeys in use are on it and no word is.")
  @Parameter(
      name = PASSKEYS,
      in = ParameterIn.QUERY,
      description = CHOSEN,
      schema = @Schema(implementation = PasskeyDisposal.Choice.class))
  public KeyView retire(
      @PathParam("id") long id,
      @QueryParam(PASSKEYS) @Nullable String passkeys,
      @Parameter(description = LOOKED_AT) @QueryParam(SEEN) List<Long> seen) {
    return KeyView.of(lifecycle.retire(operator.actor(), id, disposal(passkeys, seen)));
  }

  /** A key that goes back to stock. */
  @POST
  @Path("{id}/restock")
  @Operation(
      summary = "Put a security key back in stock, without an owner",
      description = "Problem key.passkeys-in-use if a user can still sign in with it.")
  @Parameter(
      name = PASSKEYS,
      in = ParameterIn.QUERY,
      description = REVOKED,
      schema = @Schema(implementation = PasskeyDisposal.Choice.class))
  public KeyView restock(
      @PathParam("id") long id,
      @QueryParam(PASSKEYS) @Nullable String passkeys,
      @Parameter(description = LOOKED_AT) @QueryParam(SEEN) List<Long> seen) {
    return KeyView.of(lifecycle.restock(operator.actor(), id, disposal(passkeys, seen)));
  }

  /** Another key for an owner. */
  @POST
  @Path("{id}/replace")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Give the owner of a lost or retired security key another one",
      description =
          "The old key is reported lost or retired if it is not yet, the new one is assigned, and"
              + " the passkey that the old one held is promised for it. Problem"
              + " key.passkeys-undecided if passkeys in use are on the old key and no word is.")
  @Parameter(
      name = PASSKEYS,
      in = ParameterIn.QUERY,
      description = CHOSEN,
      schema = @Schema(implementation = PasskeyDisposal.Choice.class))
  public Replaced replace(
      @PathParam("id") long id,
      @QueryParam(PASSKEYS) @Nullable String passkeys,
      @Parameter(description = LOOKED_AT) @QueryParam(SEEN) List<Long> seen,
      Replacement wanted) {
    KeyReplacement replacement =
        new KeyReplacement(Optional.ofNullable(wanted.newKeyId()), wanted.reason());
    return Replaced.of(
        lifecycle.replace(operator.actor(), id, replacement, disposal(passkeys, seen)));
  }

  private static @Nullable PasskeyDisposal disposal(@Nullable String text, List<Long> seen) {
    if (text == null) {
      return null;
    }
    PasskeyDisposal.Choice choice =
        Stream.of(PasskeyDisposal.Choice.values())
            .filter(each -> each.name().equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.invalid(QueryMessage.PASSKEYS)
                        .at(PASSKEYS, ProblemMessage.FIELD_ONE_OF, "REVOKE, KEEP"));
    PasskeyDisposal disposal = new PasskeyDisposal(choice, Optional.empty());
    return seen.isEmpty() ? disposal : disposal.seeing(seen);
  }
}
