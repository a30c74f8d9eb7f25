package dev.keysmith.war.rest;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.session.HouseRules;
import dev.keysmith.core.session.KeyPolicy;
import dev.keysmith.core.session.KeyReset;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.core.session.KeySessions;
import dev.keysmith.core.session.PinRules;
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
import java.util.Arrays;
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
  @Inject HouseRules rules;
  @Inject CurrentOperator operator;
  @Inject ProgressStreams streams;

  /**
   * What the API tells about a session.
   *
   * @param userId whose key it is to be; absent for a reset
   * @param pinToShow whether a random PIN was set that nobody has seen yet
   */
  @Schema(name = "KeySession")
  public record Session(
      String id,
      Optional<Long> userId,
      String transport,
      String key,
      KeySession.State state,
      Optional<Long> keyId,
      boolean pinToShow,
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
          session.hasPinToShow(),
          session.started(),
          session.ended(),
          session.entries(),
          session.results());
    }

    /** For those who follow it. */
    static Progress progress(KeySession session) {
      Session now = of(session);
      return new Progress(now, now.state() != KeySession.State.RUNNING);
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
   * @param randomPin in place of a PIN: to set one at random on a key that has none
   */
  @Schema(name = "NewKeySession")
  public record Wanted(
      String transport,
      String key,
      long userId,
      char @Nullable [] pin,
      @Nullable Boolean randomPin,
      @Nullable Policy policy) {

    boolean random() {
      return Boolean.TRUE.equals(randomPin) && pin == null;
    }

    char[] chosenPin() {
      return pin == null ? new char[0] : pin;
    }

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

  /**
   * A reset that is wanted.
   *
   * @param keyId which key of the inventory it is, if that is known
   * @param unrecognised whether to erase it even if nothing tells which key of the inventory it is
   * @param pin the key's, by which it tells what is on it
   * @param confirmation typed by a person: the word erase, the name of the key, or its asset tag
   */
  @Schema(name = "KeyReset")
  public record Reset(
      String transport,
      String key,
      @Nullable Long keyId,
      @Nullable Boolean unrecognised,
      char @Nullable [] pin,
      String confirmation) {

    KeyReset request() {
      return new KeyReset(
          transport,
          key,
          Optional.ofNullable(keyId),
          Boolean.TRUE.equals(unrecognised),
          confirmation);
    }

    char[] knownPin() {
      return pin == null ? new char[0] : pin;
    }

    /** Without the PIN. */
    @Override
    public String toString() {
      return "Reset[transport=" + transport + ", key=" + key + ", keyId=" + keyId + "]";
    }
  }

  /** A random PIN, shown this once. */
  @Schema(name = "RandomPin")
  public record Pin(String pin) {

    /** Without the PIN. */
    @Override
    public String toString() {
      return "Pin[]";
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
    KeySession session =
        wanted.random()
            ? sessions.startWithRandomPin(operator.actor(), wanted.request())
            : sessions.start(operator.actor(), wanted.request(), wanted.chosenPin());
    return Response.accepted(Session.of(session))
        .location(uri.getAbsolutePathBuilder().path(session.id()).build())
        .build();
  }

  /** The erasure of a key. */
  @POST
  @Path("resets")
  @Operation(
      summary = "Erase a security key: every passkey on it, and its PIN",
      description =
          "Runs in the background and tells the person at the station, in entries of step RESET, to"
              + " pull the key out, plug it in again and touch it. The passkeys that Keysmith had"
              + " written on it are revoked. Which they are the key tells, by its PIN or without;"
              + " else its serial number, or keyId. Where nothing does, and keys of the inventory"
              + " may be meant, the session fails with key.unrecognised and erases nothing, unless"
              + " unrecognised is true.")
  @APIResponseSchema(
      value = Session.class,
      responseCode = "202",
      responseDescription = "The session runs")
  public Response reset(Reset wanted, @Context UriInfo uri) {
    KeySession session = sessions.reset(operator.actor(), wanted.request(), wanted.knownPin());
    return Response.accepted(Session.of(session))
        .location(
            uri.getBaseUriBuilder().path(KeySessionsResource.class).path(session.id()).build())
        .build();
  }

  /** What a PIN must be. */
  @GET
  @Path("pin-rules")
  @Operation(
      summary = "Look at the rules for PINs that are set",
      description = "A key can want more; examine it to see.")
  public PinRules pinRules() {
    return rules.pins();
  }

  /** A random PIN. */
  @POST
  @Path("{id}/pin")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Show the random PIN that a session of one's own has set; works once")
  public Pin pin(@PathParam("id") String id) {
    char[] pin = sessions.showPin(operator.actor(), id);
    try {
      return new Pin(new String(pin));
    } finally {
      Arrays.fill(pin, '\0');
    }
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
    streams.follow(sse, sink, () -> Session.progress(session));
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
