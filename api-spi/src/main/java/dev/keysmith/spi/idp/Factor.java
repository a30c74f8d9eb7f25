package dev.keysmith.spi.idp;

import dev.keysmith.spi.Bytes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A WebAuthn factor of a user, as the identity provider keeps it.
 *
 * @param id stable identifier at the provider: 1 to 255 characters of printable ASCII without
 *     spaces
 * @param status whether the user can sign in with it
 * @param credentialId of the passkey; empty while pending
 * @param label what the provider calls it, for instance the model of the key
 * @param created when the provider made it, if it says so
 */
public record Factor(
    String id,
    Status status,
    Optional<Bytes> credentialId,
    Optional<String> label,
    Optional<Instant> created) {

  /**
   * Checks the id.
   *
   * @param id see {@link #id()}
   * @param status see {@link #status()}
   * @param credentialId see {@link #credentialId()}
   * @param label see {@link #label()}
   * @param created see {@link #created()}
   * @throws IllegalArgumentException if the id breaks its bounds
   */
  public Factor {
    Texts.id("factor", id);
    Objects.requireNonNull(status);
    Objects.requireNonNull(credentialId);
    Objects.requireNonNull(label);
    Objects.requireNonNull(created);
  }

  /** Whether the user can sign in with a factor. */
  public enum Status {
    /** The registration has not been completed. */
    PENDING,
    /** Yes. */
    ACTIVE,
    /** The provider has switched it off. */
    INACTIVE
  }
}
