package dev.keysmith.war.rest;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.event.ParkedEvent;
import dev.keysmith.core.event.ParkedEvents;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.Slice;
import dev.keysmith.war.login.CurrentOperator;
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

/** Events that could not be delivered: look at them, deliver them again, give them up. */
@Path("parked-events")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTRATES)
@Tag(name = "Server", description = "What administrators of the server do")
public class ParkedEventsResource {

  @Inject ParkedEvents events;
  @Inject CurrentOperator operator;

  /**
   * What the API tells about a parked event.
   *
   * @param event the record as a JSON object: ids, numbers, instants
   */
  @Schema(name = "ParkedEvent")
  public record Parked(
      String id,
      String type,
      String event,
      Instant recorded,
      Instant parked,
      int attempts,
      Message reason) {

    static Parked of(ParkedEvent event) {
      return new Parked(
          event.id(),
          event.type(),
          event.payload(),
          event.recorded(),
          event.parked(),
          event.attempts(),
          event.reason());
    }
  }

  /** All parked events. */
  @GET
  @Operation(summary = "List the events that could not be delivered, the newest first")
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
              pattern = "^-?(parked|type|recorded|attempts|id)$"))
  public Slice<Parked> list(@BeanParam ListParameters list) {
    return events.list(list.page()).map(Parked::of);
  }

  /** Another round of attempts. */
  @POST
  @Path("{id}/retry")
  @Operation(summary = "Deliver an event again, with all its attempts before it")
  @APIResponse(responseCode = "204", description = "It is on its way")
  public void retry(@PathParam("id") String id) {
    events.retry(operator.actor(), id);
  }

  /** The end of an event. */
  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Give an event up",
      description = "What should have followed from it will not happen.")
  @APIResponse(responseCode = "204", description = "It is gone")
  public void discard(@PathParam("id") String id) {
    events.discard(operator.actor(), id);
  }
}
