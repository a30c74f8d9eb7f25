package dev.keysmith.war.rest.key;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.key.Audience;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.session.GuidedProvisioning;
import dev.keysmith.core.session.KeyErasures;
import dev.keysmith.core.session.KeyExaminations;
import dev.keysmith.core.station.RemoteKeys;
import dev.keysmith.war.login.LastingRight;
import dev.keysmith.war.login.caller.CurrentOperator;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is plugged in at this server. */
@Path("station")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
@Tag(name = "Station", description = "Security keys that are plugged in now")
public class StationResource {

  @Inject Station station;
  @Inject KeyExaminations examinations;
  @Inject KeyErasures erasures;
  @Inject StationStream stream;
  @Inject LastingRight right;
  @Inject CurrentOperator operator;
  @Inject GuidedProvisioning leads;

  /**
   * What one look found.
   *
   * @param problems by transport: why it cannot list its keys
   */
  @Schema(name = "Station")
  public record Look(List<Plugged> keys, Map<String, String> problems) {

    public static Look of(Station.Look look) {
      return new Look(look.keys().stream().map(Plugged::of).toList(), look.problems());
    }
  }

  /**
   * A key that is plugged in.
   *
   * @param station at which station; empty if it is plugged in at the server itself
   */
  @Schema(name = "PluggedKey")
  public record Plugged(
      String transport,
      String key,
      String product,
      String location,
      Optional<String> serialNumber,
      Optional<Long> station) {

    public static Plugged of(PluggedKey plugged) {
      return new Plugged(
          plugged.transport(),
          plugged.descriptor().id(),
          plugged.descriptor().product(),
          plugged.descriptor().location(),
          plugged.descriptor().serialNumber(),
          RemoteKeys.stationOf(plugged).stream().boxed().findFirst());
    }
  }

  /** A plugged key as the station lists it. */
  public record Port(String transport, String key) {}

  /** A plugged key and its PIN. */
  public record PortWithPin(String transport, String key, char[] pin) {

    /** Without the PIN. */
    @Override
    public String toString() {
      return "PortWithPin[transport=" + transport + ", key=" + key + "]";
    }
  }

  /**
   * What a key tells of itself.
   *
   * @param known the key of the inventory with its serial number, if that number is its own
   */
  public record Examined(KeyExaminations.Examination key, Optional<KeyView> known) {}

  /** Who is first. */
  @Schema(name = "FirstPerson")
  public record First(long userId) {}

  /** Whose key is written next. */
  @Schema(name = "NextPerson")
  public record Next(long userId, String name, String login) {}

  /** Leads the caller from one person to the next. */
  @PUT
  @Path("lead")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(
      summary = "Confirm the first person, to be led from one person to the next",
      description =
          "From now on POST /key-sessions takes led = true, for keys that are plugged in after this"
              + " and for users for whom a passkey waits. It ends half an hour after the last key.")
  public Next lead(First first) {
    User user = leads.begin(operator.actor(), first.userId());
    return new Next(user.id(), user.displayName(), user.login());
  }

  /** Leads the caller no more. */
  @DELETE
  @Path("lead")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(summary = "End being led from one person to the next")
  @APIResponse(responseCode = "204", description = "Each key waits for the caller again")
  public void endLead() {
    leads.end(operator.actor());
  }

  private Look shown(Station.Look look) {
    return Look.of(station.shownTo(Audience.OPERATORS, look));
  }

  /** The keys that are plugged in now. */
  @GET
  @Operation(summary = "List the security keys that are plugged in now")
  public Look look() {
    return shown(station.look());
  }

  /** The keys that are plugged in, as they come and go. */
  @GET
  @Path("events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Watch which security keys are plugged in; each event holds all of them",
      description = "A key that is plugged in or pulled out is told within a second.")
  @APIResponse(
      responseCode = "200",
      description = "Events named progress, whose data is as described; ask again when they end",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = Look.class)))
  public void events(@Context Sse sse, @Context SseEventSink sink) {
    stream.follow(sse, sink, right.ofOperator(), this::shown);
  }

  /** What a key tells of itself. */
  @POST
  @Path("examine")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(summary = "Examine a plugged security key without its PIN; changes nothing")
  public Examined examine(Port port) {
    return new Examined(
        examinations.examine(port.transport(), port.key()),
        examinations.known(port.transport(), port.key()).map(KeyView::of));
  }

  /** What an erasure would revoke. */
  @POST
  @Path("erasure")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(
      summary = "Say which passkeys the erasure of a plugged security key would revoke",
      description =
          "Asks the key without its PIN, and changes nothing. Where nothing tells which key of the"
              + " inventory it is, candidates are those that it may be.")
  public KeyErasures.Preview erasure(Port port) {
    return erasures.preview(port.transport(), port.key());
  }

  /** What a key holds. */
  @POST
  @Path("contents")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
  @Operation(
      summary = "List the passkeys on a plugged security key: what a reset would erase",
      description = "A wrong PIN costs one of the key's attempts.")
  public List<KeyExaminations.Held> contents(PortWithPin port) {
    return examinations.contents(operator.actor(), port.transport(), port.key(), port.pin());
  }
}
