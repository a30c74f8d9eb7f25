package dev.keysmith.war.rest.activation;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.activation.ActivationCode;
import dev.keysmith.core.activation.ActivationCodes;
import dev.keysmith.core.activation.CodeSheet;
import dev.keysmith.core.activation.IssuedCode;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.bulk.UserSelection;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.Slice;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import dev.keysmith.war.rest.directory.UserChoice;
import dev.keysmith.war.rest.list.ListParameters;
import dev.keysmith.war.text.Texts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Activation codes: issue, list, revoke. */
@Path("activation-codes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
@Tag(name = "Activation codes", description = "By which users activate their own security keys")
public class ActivationCodesResource {

  @Inject ActivationCodes codes;
  @Inject CodeSheet sheets;
  @Inject CurrentOperator operator;
  @Inject Reauthentication fresh;
  @Inject Clock clock;

  /** What the API tells about a code. */
  @Schema(name = "ActivationCode")
  public record Code(
      long id,
      long userId,
      ActivationCode.State state,
      Instant issued,
      String issuedBy,
      Instant expires,
      Optional<Instant> redeemed,
      Optional<Instant> ended,
      boolean awaitsMail,
      Optional<Instant> mailed,
      Optional<Message> mailProblem) {

    static Code of(ActivationCode code, Instant now) {
      return new Code(
          code.id(),
          code.userId(),
          code.state(now),
          code.issued(),
          code.issuedBy(),
          code.expires(),
          code.redeemed(),
          code.ended(),
          code.awaitsMail(),
          code.mailed(),
          code.mailProblem());
    }
  }

  /** A code that is wanted; {@code mail} to send it to the user as well. */
  @Schema(name = "NewActivationCode")
  public record Wanted(long userId, @Nullable Boolean mail) {}

  /** A new code with its text, which is shown this once. */
  @Schema(name = "IssuedActivationCode")
  public record Issued(Code code, String text, Optional<String> link) {

    /** Without the text. */
    @Override
    public String toString() {
      return "Issued[" + code + "]";
    }
  }

  /** Codes for many users; {@code mail} to send them to the users as well. */
  @Schema(name = "ActivationSheetRequest")
  public record SheetWanted(UserChoice users, @Nullable Boolean mail) {}

  /** A row of a sheet: a code, or why the user has none. */
  @Schema(name = "ActivationSheetRow")
  public record Row(
      String login,
      String name,
      String email,
      String code,
      String link,
      String expires,
      String problem) {}

  /** All codes. */
  @GET
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "List the activation codes, the newest first; never their texts")
  @Parameter(name = "user", in = ParameterIn.QUERY, schema = @Schema(implementation = long.class))
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = ActivationCode.State.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(issued|expires|id)$"))
  public Slice<Code> list(@BeanParam ListParameters list) {
    Instant now = clock.instant();
    return codes.list(list.page()).map(code -> Code.of(code, now));
  }

  /** A new code. */
  @POST
  @Operation(
      summary = "Issue an activation code; the answer is the only place where its text is shown",
      description = "A code of the same user that is open is revoked by it.")
  @APIResponseSchema(
      value = Issued.class,
      responseCode = "201",
      responseDescription = "The code and its text")
  public Response issue(Wanted wanted, @Context UriInfo uri, @Context HttpServletRequest request) {
    fresh.require(request);
    boolean mail = Boolean.TRUE.equals(wanted.mail());
    try (IssuedCode issued = codes.issue(operator.actor(), wanted.userId(), mail)) {
      return Response.created(
              uri.getAbsolutePathBuilder().path(Long.toString(issued.code().id())).build())
          .entity(
              new Issued(
                  Code.of(issued.code(), clock.instant()),
                  new String(issued.text()),
                  issued.link()))
          .build();
    }
  }

  /** New codes for many users. */
  @POST
  @Path("sheet")
  @Produces("text/csv")
  @RolesAllowed(Role.ADMINISTRATES)
  @Operation(
      summary = "Issue activation codes for many users, as CSV that is shown this once",
      description = "For at most 5000 users. Who gets no code has the reason in the last column.")
  @APIResponse(
      responseCode = "200",
      description = "A row for each user, after a row with these titles",
      content = @Content(mediaType = "text/csv", schema = @Schema(implementation = Row.class)))
  public Response sheet(SheetWanted wanted, @Context HttpServletRequest request) {
    fresh.require(request);
    UserSelection selection = wanted.users().selection();
    sheets.require(selection);
    Actor by = operator.actor();
    CodeSheet.Order order =
        new CodeSheet.Order(
            selection, Boolean.TRUE.equals(wanted.mail()), Texts.of(request)::message);
    StreamingOutput rows =
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          sheets.write(by, order, writer);
          writer.flush();
        };
    return Response.ok(rows, "text/csv;charset=UTF-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=activation-codes.csv")
        .build();
  }

  /** One code. */
  @GET
  @Path("{id}")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "Look at an activation code; its text is not known any more")
  public Code get(@PathParam("id") long id) {
    return Code.of(codes.find(id), clock.instant());
  }

  /** The end of a code. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Revoke an activation code, also if it was redeemed already")
  public Code revoke(@PathParam("id") long id) {
    return Code.of(codes.revoke(operator.actor(), id), clock.instant());
  }
}
