package dev.keysmith.war.rest.passkey;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.bulk.AssignmentDecision;
import dev.keysmith.core.bulk.Assignments;
import dev.keysmith.core.bulk.BulkRun;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.Slice;
import dev.keysmith.war.login.LastingRight;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.progress.Progress;
import dev.keysmith.war.progress.ProgressStreams;
import dev.keysmith.war.rest.directory.UserChoice;
import dev.keysmith.war.rest.list.ListParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
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

/** Passkeys for many users at once. */
@Path("assignments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
@Tag(name = "Passkeys")
public class AssignmentsResource {

  @Inject Assignments assignments;
  @Inject CurrentOperator operator;
  @Inject ProgressStreams streams;
  @Inject LastingRight right;

  /** Users who are to get passkeys. */
  @Schema(name = "NewAssignment")
  public record Wanted(UserChoice users) {}

  /** What was done for a user; without a passkey the reason says why. */
  @Schema(name = "AssignmentDecision")
  public record Decision(
      long id, long userId, Optional<Long> passkeyId, Message reason, Instant decided) {

    static Decision of(AssignmentDecision decision) {
      return new Decision(
          decision.id(),
          decision.userId(),
          decision.passkeyId(),
          decision.reason(),
          decision.decided());
    }
  }

  /** All of them. */
  @GET
  @Operation(summary = "List the assignments to many users, the newest first")
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = BulkRun.State.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(requested|id)$"))
  public Slice<WalkView> list(@BeanParam ListParameters list) {
    return assignments.list(list.page()).map(WalkView::of);
  }

  /** A new one. */
  @POST
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(
      summary = "Assign a passkey to many users; it runs by itself",
      description =
          "Who has a passkey, or waits for one, is passed over; each decision can be listed.")
  @APIResponseSchema(
      value = WalkView.class,
      responseCode = "202",
      responseDescription = "The assignment runs")
  public Response start(Wanted wanted, @Context UriInfo uri) {
    WalkView run = WalkView.of(assignments.start(operator.actor(), wanted.users().selection()));
    return Response.accepted(run)
        .location(uri.getAbsolutePathBuilder().path(Long.toString(run.id())).build())
        .build();
  }

  /** One of them. */
  @GET
  @Path("{id}")
  @Operation(summary = "Look at an assignment to many users")
  public WalkView get(@PathParam("id") long id) {
    return WalkView.of(assignments.find(id));
  }

  /** The answers. */
  @GET
  @Path("{id}/decisions")
  @Operation(summary = "List what an assignment did for each user, and why")
  @Parameter(name = "user", in = ParameterIn.QUERY, schema = @Schema(implementation = long.class))
  @Parameter(
      name = "assigned",
      in = ParameterIn.QUERY,
      schema = @Schema(implementation = boolean.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema = @Schema(implementation = String.class, pattern = "^-?(id)$"))
  public Slice<Decision> decisions(@PathParam("id") long id, @BeanParam ListParameters list) {
    return assignments.decisions(id, list.page()).map(Decision::of);
  }

  /** One of them as it goes. */
  @GET
  @Path("{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "Watch an assignment to many users")
  @APIResponse(
      responseCode = "200",
      description = "Events named progress, whose data is as described, until it is over",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = WalkView.class)))
  public void events(@PathParam("id") long id, @Context Sse sse, @Context SseEventSink sink) {
    assignments.find(id);
    streams.follow(
        sse,
        sink,
        right.ofOperator(),
        streams.stored(
            "assignment:" + id,
            () -> {
              WalkView now = WalkView.of(assignments.find(id));
              return new Progress(now, now.hasEnded());
            }));
  }

  /** The end of one. */
  @DELETE
  @Path("{id}")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(summary = "End an assignment to many users; what was assigned stays")
  public WalkView cancel(@PathParam("id") long id) {
    return WalkView.of(assignments.cancel(operator.actor(), id));
  }
}
