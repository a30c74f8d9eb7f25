package dev.keysmith.core.pin;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.key.PinUse;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SerialNumbers;
import dev.keysmith.spi.key.KeyDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes down who has set or tried the PIN of which key; wrong PINs block a key for good. */
@ApplicationScoped
public class PinAttempts {

  private static final String REFUSED = "key.pin-refused";

  @Inject SerialNumbers serialNumbers;
  @Inject Audit audit;

  /**
   * Who does it, from where, for whom.
   *
   * @param address where the request came from, if it was one
   * @param userId whose key it is taken for, if that is said
   */
  public record Attempt(Actor by, Optional<String> address, Optional<Long> userId) {}

  /** Writes one down. */
  @Transactional
  public void record(Attempt attempt, PluggedKey key, PinUse use) {
    Map<String, String> details = new HashMap<>();
    attempt.userId().ifPresent(user -> details.put("user", Long.toString(user)));
    attempt.address().ifPresent(address -> details.put("address", address));
    use.attemptsLeft().ifPresent(left -> details.put("attemptsLeft", Integer.toString(left)));
    details.put("port", key.transport() + " " + key.descriptor().location());
    key.descriptor().serialNumber().ifPresent(serial -> details.put("serialNumber", serial));
    audit.record(attempt.by(), action(use.kind()), subject(key.descriptor()), details);
  }

  private static String action(PinUse.Kind kind) {
    return switch (kind) {
      case SET -> "key.pin-set";
      case VERIFIED -> "key.pin-verified";
      case REFUSED -> REFUSED;
    };
  }

  private Subject subject(KeyDescriptor shown) {
    Optional<SecurityKey> known = serialNumbers.bySerialNumber(shown);
    String shows =
        shown.serialNumber().map(it -> shown.product() + " · " + it).orElse(shown.product());
    return known
        .map(key -> Subject.of("key", key.id(), key.name()))
        .orElseGet(() -> new Subject("key", "", shows));
  }

  /** How many PINs keys have refused from an actor. */
  @Transactional
  public long refused(Actor.Kind kind, String actorId, Instant since) {
    return audit.count(kind, actorId, REFUSED, since);
  }
}
