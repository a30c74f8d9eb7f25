package dev.keysmith.war.rest.key;

import dev.keysmith.core.key.SecurityKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the API tells about a key.
 *
 * @param pinKnown since when an operator knows its PIN, unless the owner was made to change it
 */
@Schema(name = "SecurityKey")
public record KeyView(
    long id,
    UUID aaguid,
    String model,
    Optional<Long> firmware,
    Optional<String> serialNumber,
    boolean serialNumberShared,
    Optional<String> assetTag,
    Optional<Long> ownerId,
    SecurityKey.State state,
    Instant created,
    Optional<Instant> activated,
    Optional<Instant> pinKnown) {

  static KeyView of(SecurityKey key) {
    return new KeyView(
        key.id(),
        key.aaguid(),
        key.model(),
        key.firmware(),
        key.serialNumber(),
        key.isSerialNumberShared(),
        key.assetTag(),
        key.ownerId(),
        key.state(),
        key.created(),
        key.activated(),
        key.pinKnown());
  }
}
