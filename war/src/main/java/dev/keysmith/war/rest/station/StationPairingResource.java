package dev.keysmith.war.rest.station;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.station.PairedStation;
import dev.keysmith.core.station.PairingRequest;
import dev.keysmith.core.station.StationMessage;
import dev.keysmith.core.station.StationPairings;
import dev.keysmith.station.link.Proofs;
import dev.keysmith.war.web.PublicAddress;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** For the program of a station: be paired. */
@Path("station-pairing")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Station pairing", description = "For the program of a station, which has no account")
public class StationPairingResource {

  @Inject StationPairings pairings;
  @Inject PublicAddress server;
  @Inject TrustedProxies proxies;

  /**
   * A station that wants to be paired.
   *
   * @param code as it was typed
   * @param publicKey of Ed25519, in SubjectPublicKeyInfo, as base64
   * @param proof its signature over the statement of the pairing, as base64
   * @param program version of its program
   * @param system its operating system
   */
  @Schema(name = "StationPairingRequest")
  public record Wanted(char[] code, String publicKey, String proof, String program, String system) {

    /** Without the code. */
    @Override
    public String toString() {
      return "Wanted[" + program + ", " + system + "]";
    }
  }

  /** The station, by the number with which it proves itself from now on. */
  @Schema(name = "PairedStationNumber")
  public record Paired(long station, String name) {}

  /** Pairs a station. */
  @POST
  @PermitAll
  @Operation(
      summary = "Pair a station by its code",
      description =
          "Needs no token. Wrong, expired and used codes are answered alike; failures are limited.")
  @APIResponseSchema(
      value = Paired.class,
      responseCode = "201",
      responseDescription = "The station may connect")
  public Response pair(Wanted wanted, @Context HttpServletRequest request) {
    PairedStation station =
        pairings.pair(
            new PairingRequest(
                wanted.code(),
                bytes(wanted.publicKey()),
                bytes(wanted.proof()),
                wanted.program(),
                wanted.system()),
            server.origin(request),
            proxies.caller(request));
    return Response.status(Response.Status.CREATED)
        .entity(new Paired(station.id(), station.name()))
        .build();
  }

  private static byte[] bytes(String base64) {
    if (base64.length() <= 4 * Proofs.PUBLIC_KEY_LENGTH) {
      try {
        return Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        // Refused below, like a proof that does not hold.
      }
    }
    throw ProblemException.invalid(StationMessage.NOT_PROVEN);
  }
}
