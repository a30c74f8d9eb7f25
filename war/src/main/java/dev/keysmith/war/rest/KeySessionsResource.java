package dev.keysmith.war.rest;

import dev.keysmith.core.operator.Role;
import dev.keysmith.core.session.KeyPolicy;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.core.session.KeySessions;
import dev.keysmith.war.login.CurrentOperator;
import dev.keysmith.war.progress.Progress;
import dev.keysmith.war.progress.ProgressStreams;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Key sessions: initialise a security key and write what waits for its owner. */
@Path("key-sessions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
@Tag(name = "Key sessions", description = "Initialise a security key and write passkeys on it")
public class KeySessionsResource {

  @Inject KeySessions sessions;
  @Inject CurrentOperator operator;
  @Inject ProgressStreams streams;

  /** What the API tells about a session. */
  @Schema(name = "KeySession")
  public record Session(
      String id,
      long userId,
      String transport,
      String key,
      KeySession.State state,
      Optional<Long> keyId,
      Instant started,
      Optional<Instant> ended,
      List<KeySession.Entry> entries,
      List<KeySession.Result> results) {

    static Session of(KeySession session) {
      return new Session(
          session.id(),
          session.userId(),
          session.plugged().transport(),
          session.plugged().descriptor().id(),
          session.state(),
          session.keyId(),
          session.started(),
          session.ended(),
          session.entries(),
          session.results());
    }
  }

  /** What to set on the key beside its passkeys, where the key can. */
  @Schema(name = "KeyPolicy")
  public record Policy(
      @Nullable Integer minPinLength,
      @Nullable Boolean forcePinChange,
      @Nullable Boolean alwaysUv) {

    KeyPolicy policy() {
      return new KeyPolicy(
          Optional.ofNullable(minPinLength),
          Boolean.TRUE.equals(forcePinChange),
          Boolean.TRUE.equals(alwaysUv));
    }
  }

  /**
   * A session that is wanted.
   *
   * @param transport and key as the station lists them
   * @param pin the key's, or the one to set if it has none
   */
  @Schema(name = "NewKeySession")
  public record Wanted(
      String transport, String key, long userId, char[] pin, @Nullable Policy policy) {

    KeySessions.Request request() {
      return new KeySessions.Request(
          transport, key, userId, policy == null ? KeyPolicy.NONE : policy.policy());
    }

    /** Without the PIN. */
    @Override
    public String toString() {
      return "Wanted[transport=" + transport + ", key=" + key + ", userId=" + userId + "]";
    }
  }

  /** The sessions of this server. */
  @GET
  @Operation(summary = "List the key sessions of the last hour, the newest first")
  public List<Session> list() {
    return sessions.list().stream().map(Session::of).toList();
  }

  /** A new session. */
  @POST
  @Operation(
      summary = "Initialise a security key and write the passkeys that wait for its owner",
      description =
          "Runs in the background: follow the Location, or its /events. A wrong PIN costs one of"
              + " the key's attempts and is never repeated.")
  @APIResponseSchema(
      value = Session.class,
      responseCode = "202",
      responseDescription = "The session runs")
  public Response start(Wanted wanted, @Context UriInfo uri) {
    Session session = Session.of(sessions.start(operator.actor(), wanted.request(), wanted.pin()));
    return Response.accepted(session)
        .location(uri.getAbsolutePathBuilder().path(session.id()).build())
        .build();
  }

  /** One session. */
  @GET
  @Path("{id}")
  @Operation(summary = "Look at a key session")
  public Session get(@PathParam("id") String id) {
    return Session.of(sessions.find(id));
  }

  /** A session as it goes. */
  @GET
  @Path("{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Watch a key session; each event holds all of it",
      description = "An entry with touch = true asks the person at the station for a touch.")
  @APIResponse(
      responseCode = "200",
      description = "Events named progress, whose data is as described, until the session is over",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = Session.class)))
  public void events(@PathParam("id") String id, @Context Sse sse, @Context SseEventSink sink) {
    KeySession session = sessions.find(id);
    streams.follow(
        sse,
        sink,
        () -> {
          Session now = Session.of(session);
          return new Progress(now, now.state() != KeySession.State.RUNNING);
        });
  }

  /** The end of a session. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "End a key session; passkeys that were not written still wait")
  public Session cancel(@PathParam("id") String id) {
    KeySession session = sessions.find(id);
    session.cancel();
    return Session.of(session);
  }
}
