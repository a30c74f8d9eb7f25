package dev.keysmith.war.rest.activation;

import dev.keysmith.core.activation.ActivationSession;
import dev.keysmith.core.activation.Activations;
import dev.keysmith.core.activation.Redemptions;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.session.KeyExaminations;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.core.station.Kiosk;
import dev.keysmith.war.login.LastingRight;
import dev.keysmith.war.login.owner.CurrentOwner;
import dev.keysmith.war.login.owner.OwnerLogin;
import dev.keysmith.war.progress.ProgressStreams;
import dev.keysmith.war.progress.Work;
import dev.keysmith.war.rest.key.KeySessionView;
import dev.keysmith.war.rest.key.KeySessionsResource;
import dev.keysmith.war.rest.key.StationResource;
import dev.keysmith.war.rest.key.StationStream;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** For owners of security keys, without an account: redeem a code, write the own passkeys. */
@Path("activation")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(OwnerLogin.OWNS)
@SecurityRequirement(name = "activation")
@Tag(name = "Activation", description = "For the owner of a security key, who needs no account")
public class ActivationResource {

  @Inject Redemptions redemptions;
  @Inject Activations activations;
  @Inject Station station;
  @Inject StationStream stationStream;
  @Inject CurrentOwner owner;
  @Inject OwnerLogin login;
  @Inject TrustedProxies proxies;
  @Inject ProgressStreams streams;
  @Inject LastingRight right;

  /** A code as it was typed. */
  @Schema(name = "Redemption")
  public record Typed(char[] code) {

    /** Without the code. */
    @Override
    public String toString() {
      return "Typed[]";
    }
  }

  /**
   * A session that is wanted.
   *
   * @param transport and key as the list of keys names them
   * @param pin the key's, or the one to set if it has none
   */
  @Schema(name = "OwnKeySession")
  public record Wanted(String transport, String key, char[] pin) {

    /** Without the PIN. */
    @Override
    public String toString() {
      return "Wanted[transport=" + transport + ", key=" + key + "]";
    }
  }

  /** The way in. */
  @POST
  @Path("redeem")
  @PermitAll
  @Operation(
      summary = "Redeem an activation code",
      description =
          "Needs no token. Sets a cookie that the other calls need, and answers with what will be"
              + " written. Wrong, expired and used codes are answered alike; failures are limited. A code that was"
              + " redeemed in another browser is refused (409).")
  @APIResponseSchema(
      value = Activations.Activation.class,
      responseCode = "200",
      responseDescription = "What will be written, and for whom")
  public Response redeem(Typed typed, @Context HttpServletRequest request) {
    Redemptions.Redeemed redeemed =
        redemptions.redeem(typed.code(), proxies.caller(request), login.token(request));
    return Response.ok(activations.look(redeemed.session()))
        .cookie(login.cookie(redeemed.token(), request))
        .build();
  }

  /** What will be written. */
  @GET
  @Operation(summary = "Look at what will be written, and for whom")
  public Activations.Activation look() {
    return activations.look(owner.session());
  }

  /** The way out. */
  @DELETE
  @Operation(summary = "Leave; the code can be redeemed again while it is open")
  @APIResponse(responseCode = "204", description = "The cookie is worth nothing any more")
  public void leave() {
    redemptions.leave(owner.session().id());
  }

  /**
   * What the station shows to an owner.
   *
   * @param keys that are plugged in, the own ones and those without an owner
   * @param others how many belong to other users, of which nothing more is told
   * @param problems by transport: why it cannot list its keys
   */
  @Schema(name = "OwnStation")
  public record Look(List<StationResource.Plugged> keys, int others, Map<String, String> problems) {

    static Look of(Activations.Keys look) {
      return new Look(
          look.keys().stream().map(StationResource.Plugged::of).toList(),
          look.others(),
          look.problems());
    }
  }

  /** The places where a key can be plugged in. */
  @GET
  @Path("kiosks")
  @Operation(summary = "List the stations at which the own security key can be plugged in")
  public List<Kiosk> kiosks() {
    return activations.kiosks();
  }

  /** The keys that are plugged in at the server itself. */
  @GET
  @Path("keys")
  @Operation(
      summary = "List the security keys that are plugged in at the server, but those of others",
      description = "A key that shows no serial number of its own is known only by its passkeys.")
  public Look keys() {
    return look(owner.session(), station.look(), OptionalLong.empty());
  }

  /** The keys that are plugged in at a kiosk. */
  @GET
  @Path("kiosks/{id}/keys")
  @Operation(summary = "List the security keys that are plugged in at a kiosk, but those of others")
  public Look keysAt(@PathParam("id") long id) {
    return look(owner.session(), station.look(), OptionalLong.of(id));
  }

  private Look look(ActivationSession session, Station.Look all, OptionalLong kiosk) {
    return Look.of(activations.keys(session, all, kiosk));
  }

  /** The keys that are plugged in, as they come and go. */
  @GET
  @Path("keys/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Watch which security keys are plugged in at the server, but those of others",
      description = "Each event holds all of them.")
  @APIResponse(
      responseCode = "200",
      description = "Events named progress, whose data is as described; ask again when they end",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = Look.class)))
  public void keyEvents(@Context Sse sse, @Context SseEventSink sink) {
    follow(sse, sink, OptionalLong.empty());
  }

  /** The keys that are plugged in at a kiosk, as they come and go. */
  @GET
  @Path("kiosks/{id}/keys/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Watch which security keys are plugged in at a kiosk, but those of others",
      description = "Each event holds all of them.")
  @APIResponse(
      responseCode = "200",
      description = "Events named progress, whose data is as described; ask again when they end",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = Look.class)))
  public void keyEventsAt(@PathParam("id") long id, @Context Sse sse, @Context SseEventSink sink) {
    follow(sse, sink, OptionalLong.of(id));
  }

  private void follow(Sse sse, SseEventSink sink, OptionalLong kiosk) {
    ActivationSession session = owner.session();
    stationStream.follow(sse, sink, right.ofOwner(), all -> look(session, all, kiosk));
  }

  /** What a key tells of itself. */
  @POST
  @Path("examine")
  @Operation(
      summary = "Examine a plugged security key: whether it is fit, and what its PIN must be",
      description = "Changes nothing. A key that is known to be another user's is refused.")
  public KeyExaminations.Examination examine(StationResource.Port port) {
    return activations.examine(owner.session(), port.transport(), port.key());
  }

  /** A new key session. */
  @POST
  @Path("key-sessions")
  @Operation(
      summary = "Initialise the own security key and write the passkeys that wait",
      description =
          "Runs in the background: follow the Location, or its /events. A wrong PIN costs one of"
              + " the key's attempts, and no code.")
  @APIResponseSchema(
      value = KeySessionView.class,
      responseCode = "202",
      responseDescription = "The session runs")
  public Response start(Wanted wanted, @Context UriInfo uri) {
    KeySession session =
        activations.start(owner.session(), wanted.transport(), wanted.key(), wanted.pin());
    return Response.accepted(look(session))
        .location(uri.getAbsolutePathBuilder().path(session.id()).build())
        .build();
  }

  private static KeySessionView look(KeySession session) {
    return KeySessionView.of(session, true, false);
  }

  /** The user's own key sessions. */
  @GET
  @Path("key-sessions")
  @Operation(summary = "List the own key sessions of the last hour, the newest first")
  public List<KeySessionView> sessions() {
    return activations.keySessions(owner.session()).stream().map(ActivationResource::look).toList();
  }

  /** One key session. */
  @GET
  @Path("key-sessions/{id}")
  @Operation(summary = "Look at a key session")
  public KeySessionView session(@PathParam("id") String id) {
    return look(activations.keySession(owner.session(), id));
  }

  /** A key session as it goes. */
  @GET
  @Path("key-sessions/{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Watch a key session; each event holds all of it",
      description = "An entry with touch = true asks for a touch.")
  @APIResponse(
      responseCode = "200",
      description = "Events named progress, whose data is as described, until the session is over",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = KeySessionView.class)))
  public void events(@PathParam("id") String id, @Context Sse sse, @Context SseEventSink sink) {
    KeySession session = activations.keySession(owner.session(), id);
    streams.follow(
        sse,
        sink,
        right.ofOwner(),
        Work.of(
            () -> KeySessionView.progress(look(session)), KeySessionsResource.changesOf(session)));
  }

  /** The end of a key session. */
  @DELETE
  @Path("key-sessions/{id}")
  @Operation(summary = "End a key session; passkeys that were not written still wait")
  public KeySessionView cancel(@PathParam("id") String id) {
    KeySession session = activations.keySession(owner.session(), id);
    session.cancel();
    return look(session);
  }
}
