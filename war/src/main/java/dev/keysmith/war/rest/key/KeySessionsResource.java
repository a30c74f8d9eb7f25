package dev.keysmith.war.rest.key;

import dev.keysmith.core.access.NamedCaller;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.session.GuidedProvisioning;
import dev.keysmith.core.session.KeyPolicy;
import dev.keysmith.core.session.KeyReset;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.core.session.KeySessions;
import dev.keysmith.core.session.OrganisationPolicy;
import dev.keysmith.core.session.PinRules;
import dev.keysmith.war.login.LastingRight;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.progress.ProgressStreams;
import dev.keysmith.war.progress.Work;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  @Inject GuidedProvisioning leads;
  @Inject OrganisationPolicy rules;
  @Inject CurrentOperator operator;
  @Inject ProgressStreams streams;
  @Inject LastingRight right;

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
   * @param led whether a page begins it by itself for the next person, with a random PIN; then only
   *     keys are written that have come since the caller confirmed the first person
   */
  @Schema(name = "NewKeySession")
  public record Wanted(
      String transport,
      String key,
      long userId,
      char @Nullable [] pin,
      @Nullable Boolean randomPin,
      @Nullable Boolean led,
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
   * @param seen ids of the passkeys at whose sight this was decided: with another one in use on the
   *     key of the inventory nothing is erased; left out: whichever there are
   * @param pin the key's, by which it tells what is on it
   * @param confirmation typed by a person: the word erase, the name of the key, or its asset tag
   */
  @Schema(name = "KeyReset")
  public record Reset(
      String transport,
      String key,
      @Nullable Long keyId,
      @Nullable Boolean unrecognised,
      @Nullable List<Long> seen,
      char @Nullable [] pin,
      String confirmation) {

    KeyReset request() {
      return new KeyReset(
          transport,
          key,
          Optional.ofNullable(keyId),
          Boolean.TRUE.equals(unrecognised),
          Optional.ofNullable(seen).map(Set::copyOf),
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

  /** The sessions of this server. */
  @GET
  @Operation(summary = "List the key sessions of the last hour, the newest first")
  public List<KeySessionView> list() {
    Actor caller = operator.actor();
    return sessions.list().stream().map(session -> look(session, caller)).toList();
  }

  private KeySessionView look(KeySession session, Actor caller) {
    boolean pinToShow = sessions.hasPinToShow(caller, session);
    return KeySessionView.of(session, session.by().equals(caller), pinToShow);
  }

  /** A new session. */
  @POST
  @Operation(
      summary = "Initialise a security key and write the passkeys that wait for its owner",
      description =
          "Runs in the background: follow the Location, or its /events. A wrong PIN costs one of"
              + " the key's attempts and is never repeated.")
  @APIResponseSchema(
      value = KeySessionView.class,
      responseCode = "202",
      responseDescription = "The session runs")
  public Response start(Wanted wanted, @Context UriInfo uri) {
    KeySession session = begin(wanted);
    return Response.accepted(look(session, operator.actor()))
        .location(uri.getAbsolutePathBuilder().path(session.id()).build())
        .build();
  }

  private KeySession begin(Wanted wanted) {
    if (Boolean.TRUE.equals(wanted.led())) {
      return leads.next(operator.actor(), wanted.request());
    }
    return wanted.random()
        ? sessions.startWithRandomPin(operator.actor(), wanted.request())
        : sessions.start(operator.actor(), wanted.request(), wanted.chosenPin());
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
      value = KeySessionView.class,
      responseCode = "202",
      responseDescription = "The session runs")
  public Response reset(Reset wanted, @Context UriInfo uri) {
    KeySession session = sessions.reset(operator.actor(), wanted.request(), wanted.knownPin());
    return Response.accepted(look(session, operator.actor()))
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
  @Operation(
      summary = "Show the random PIN of a session's key, if it waits for the caller; works once",
      description = "After a restart of the server: GET /random-pins.")
  public RandomPinsResource.Pin pin(@PathParam("id") String id) {
    return RandomPinsResource.Pin.of(sessions.showPin(operator.actor(), id));
  }

  /** One session. */
  @GET
  @Path("{id}")
  @Operation(summary = "Look at a key session")
  public KeySessionView get(@PathParam("id") String id) {
    return look(sessions.find(id), operator.actor());
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
              schema = @Schema(implementation = KeySessionView.class)))
  public void events(@PathParam("id") String id, @Context Sse sse, @Context SseEventSink sink) {
    KeySession session = sessions.find(id);
    Actor caller = operator.actor();
    // The caller was let in above; the stream goes on outside of the request.
    streams.follow(
        sse,
        sink,
        right.ofOperator(),
        Work.of(
            () -> KeySessionView.progress(NamedCaller.SERVER.call(() -> look(session, caller))),
            changesOf(session)));
  }

  public static Work.Watchable changesOf(KeySession session) {
    return changed -> {
      session.watch(changed);
      return () -> session.unwatch(changed);
    };
  }

  /** The end of a session. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "End a key session; passkeys that were not written still wait")
  public KeySessionView cancel(@PathParam("id") String id) {
    KeySession session = sessions.find(id);
    session.cancel();
    return look(session, operator.actor());
  }
}
