package dev.keysmith.war.rest.key;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.pin.RandomPins;
import dev.keysmith.war.login.caller.CurrentOperator;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Random PINs that wait to be handed over to the owners of the keys. */
@Path("random-pins")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES})
@Tag(name = "Key sessions")
public class RandomPinsResource {

  @Inject RandomPins pins;
  @Inject CurrentOperator operator;

  /** A random PIN, shown this once. */
  @Schema(name = "RandomPin")
  public record Pin(String pin) {

    /**
     * For an answer.
     *
     * @param pin zeroed
     */
    static Pin of(char[] pin) {
      try {
        return new Pin(new String(pin));
      } finally {
        Arrays.fill(pin, '\0');
      }
    }

    /** Without the PIN. */
    @Override
    public String toString() {
      return "Pin[]";
    }
  }

  /** The PINs that wait. */
  @GET
  @Operation(
      summary = "List the PINs to hand over that the caller had set, the newest first",
      description =
          "Each is kept, sealed, for an hour or until it was shown. Others' are not listed.")
  public List<RandomPins.Waiting> list() {
    return pins.list(operator.actor());
  }

  /** One of them. */
  @POST
  @Path("{id}/show")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Show a PIN to hand over, which erases it; works once",
      description = "The audit log keeps who has seen the PIN of which key, and not the PIN.")
  public Pin show(@PathParam("id") long id) {
    return Pin.of(pins.show(operator.actor(), id));
  }
}
