package dev.keysmith.war.rest.station;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.station.IssuedPairing;
import dev.keysmith.core.station.PairedStation;
import dev.keysmith.core.station.Serves;
import dev.keysmith.core.station.StationLinks;
import dev.keysmith.core.station.StationPairing;
import dev.keysmith.core.station.StationPairings;
import dev.keysmith.core.station.StationTerms;
import dev.keysmith.core.station.Stations;
import dev.keysmith.war.login.caller.CurrentOperator;
import dev.keysmith.war.login.panel.Reauthentication;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Stations: pair, list, change, revoke. */
@Path("stations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTRATES)
@Tag(name = "Stations", description = "Programs at desks that bring their security keys here")
public class StationsResource {

  @Inject Stations stations;
  @Inject StationPairings pairings;
  @Inject StationLinks links;
  @Inject CurrentOperator operator;
  @Inject Reauthentication fresh;
  @Context HttpServletRequest request;

  /**
   * What the API tells about a station.
   *
   * @param groups ids of the groups whose members it serves; empty for all users
   * @param connected whether it is connected to the server that answers
   * @param keys how many security keys are plugged in there
   * @param problems by transport of the station: why it cannot list its keys
   */
  @Schema(name = "PairedStation")
  public record View(
      long id,
      String name,
      String site,
      Serves serves,
      List<Long> groups,
      boolean connected,
      int keys,
      Map<String, String> problems,
      Optional<Instant> lastSeen,
      String program,
      String operatingSystem,
      String fingerprint,
      Instant paired,
      String pairedBy,
      Optional<Instant> revoked) {}

  /** What is decided about a station. */
  @Schema(name = "StationTerms")
  public record Terms(
      String name, @Nullable String site, Serves serves, @Nullable List<Long> groups) {

    StationTerms toTerms() {
      return new StationTerms(
          name, site == null ? "" : site, serves, groups == null ? List.of() : groups);
    }
  }

  /** A code that can be used still. */
  @Schema(name = "StationPairing")
  public record Pairing(
      long id,
      String name,
      Instant issued,
      String issuedBy,
      Instant expires,
      Optional<Long> stationId) {

    static Pairing of(StationPairing pairing) {
      return new Pairing(
          pairing.id(),
          pairing.name(),
          pairing.issued(),
          pairing.issuedBy(),
          pairing.expires(),
          pairing.stationId());
    }
  }

  /** A new code, which is shown this once. */
  @Schema(name = "IssuedStationPairing")
  public record Issued(Pairing pairing, String code) {

    @Override
    public String toString() {
      return "Issued[" + pairing + "]";
    }
  }

  private View view(PairedStation station) {
    return new View(
        station.id(),
        station.name(),
        station.site(),
        station.serves(),
        station.groups(),
        links.isConnected(station.id()),
        links.keysAt(station.id()),
        links.problemsAt(station.id()),
        station.lastSeen(),
        station.program(),
        station.operatingSystem(),
        station.fingerprint(),
        station.paired(),
        station.pairedBy(),
        station.revoked());
  }

  /** All stations. */
  @GET
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "List the stations by name, revoked ones last")
  public List<View> list() {
    return stations.list().stream().map(this::view).toList();
  }

  /** One station. */
  @GET
  @Path("{id}")
  @RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
  @Operation(summary = "Look at a station")
  public View get(@PathParam("id") long id) {
    return view(stations.find(id));
  }

  /** Other terms. */
  @PUT
  @Path("{id}")
  @Operation(summary = "Rename a station, or change whom it serves")
  public View change(@PathParam("id") long id, Terms terms) {
    return view(stations.change(operator.actor(), id, terms.toTerms()));
  }

  /** The end of a pairing. */
  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Revoke a station",
      description = "Ends its connections at once; it stays in the list.")
  @APIResponse(responseCode = "204", description = "The station is revoked")
  public void revoke(@PathParam("id") long id) {
    stations.revoke(operator.actor(), id);
  }

  /** A new code. */
  @POST
  @Path("pairings")
  @Operation(
      summary = "Issue a code that pairs one station within a quarter of an hour",
      description = "The answer is the only place where the code is shown.")
  @APIResponseSchema(
      value = Issued.class,
      responseCode = "201",
      responseDescription = "The pairing and its code")
  public Response issue(Terms terms, @Context UriInfo uri) {
    fresh.require(request);
    IssuedPairing issued = pairings.issue(operator.actor(), terms.toTerms());
    try {
      return Response.created(
              uri.getAbsolutePathBuilder().path(Long.toString(issued.pairing().id())).build())
          .entity(new Issued(Pairing.of(issued.pairing()), new String(issued.code())))
          .build();
    } finally {
      Arrays.fill(issued.code(), '\0');
    }
  }

  /** The codes that can be used. */
  @GET
  @Path("pairings")
  @Operation(summary = "List the pairing codes that can be used still, without their texts")
  public List<Pairing> pairings() {
    return pairings.open().stream().map(Pairing::of).toList();
  }

  /** One pairing. */
  @GET
  @Path("pairings/{id}")
  @Operation(summary = "Look at a pairing: which station it has paired, if any")
  public Pairing pairing(@PathParam("id") long id) {
    return Pairing.of(pairings.find(id));
  }

  /** The end of a code. */
  @DELETE
  @Path("pairings/{id}")
  @Operation(summary = "Withdraw a pairing code")
  @APIResponse(responseCode = "204", description = "The code is worth nothing any more")
  public void withdraw(@PathParam("id") long id) {
    pairings.withdraw(operator.actor(), id);
  }
}
