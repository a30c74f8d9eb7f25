package dev.keysmith.war.rest.server;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.event.DeadLetter;
import dev.keysmith.core.event.DeadLetters;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.Slice;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.rest.list.ListParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Events that could not be delivered: list, retry, discard. */
@Path("dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTRATES)
@Tag(name = "Server", description = "What administrators of the server do")
public class DeadLettersResource {

  @Inject DeadLetters events;
  @Inject CurrentOperator operator;

  /**
   * What the API tells about a dead letter.
   *
   * @param event the record as a JSON object: ids, numbers, instants
   */
  @Schema(name = "DeadLetter")
  public record DeadLetterView(
      String id,
      String type,
      String event,
      Instant recorded,
      Instant givenUp,
      int attempts,
      Message reason) {

    static DeadLetterView of(DeadLetter event) {
      return new DeadLetterView(
          event.id(),
          event.type(),
          event.payload(),
          event.recorded(),
          event.givenUp(),
          event.attempts(),
          event.reason());
    }
  }

  /** All dead letters. */
  @GET
  @Operation(summary = "List dead letters: events that could not be delivered, the newest first")
  @Parameter(
      name = "type",
      in = ParameterIn.QUERY,
      description = "For instance user.imported",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "By what; with - the greatest first",
      schema =
          @Schema(
              implementation = String.class,
              pattern = "^-?(givenUp|type|recorded|attempts|id)$"))
  public Slice<DeadLetterView> list(@BeanParam ListParameters list) {
    return events.list(list.page()).map(DeadLetterView::of);
  }

  /** Delivers a dead letter again. */
  @POST
  @Path("{id}/retry")
  @Operation(summary = "Deliver a dead letter again, with the full number of attempts")
  @APIResponse(responseCode = "204", description = "It is on its way")
  public void retry(@PathParam("id") String id) {
    events.retry(operator.actor(), id);
  }

  /** Discards a dead letter. */
  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Discard a dead letter",
      description = "What should have followed from it will not happen.")
  @APIResponse(responseCode = "204", description = "It is gone")
  public void discard(@PathParam("id") String id) {
    events.discard(operator.actor(), id);
  }
}
