package dev.keysmith.war.rest;

import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.operator.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is plugged in at this server. */
@Path("station")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
@Tag(name = "Station", description = "Security keys that are plugged in now")
public class StationResource {

  @Inject Station station;

  /**
   * What one look found.
   *
   * @param problems by transport: why it cannot list its keys
   */
  @Schema(name = "Station")
  public record Look(List<Plugged> keys, Map<String, String> problems) {}

  /** A key that is plugged in. */
  @Schema(name = "PluggedKey")
  public record Plugged(
      String transport,
      String key,
      String product,
      String location,
      Optional<String> serialNumber) {

    static Plugged of(PluggedKey plugged) {
      return new Plugged(
          plugged.transport(),
          plugged.descriptor().id(),
          plugged.descriptor().product(),
          plugged.descriptor().location(),
          plugged.descriptor().serialNumber());
    }
  }

  /** The keys that are plugged in now. */
  @GET
  @Operation(summary = "List the security keys that are plugged in now")
  public Look look() {
    Station.Look look = station.look();
    return new Look(look.keys().stream().map(Plugged::of).toList(), look.problems());
  }
}
