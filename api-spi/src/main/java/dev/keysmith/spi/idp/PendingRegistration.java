package dev.keysmith.spi.idp;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A registration that has begun and waits for the response of a security key.
 *
 * @param ticket names it in later calls
 * @param options what to ask of the key
 * @param origin that the collected client data must carry, for instance {@code
 *     https://example.okta.com}
 * @param expiresAt when the challenge ends, if the provider says so
 */
public record PendingRegistration(
    RegistrationTicket ticket,
    CredentialCreationOptions options,
    String origin,
    Optional<Instant> expiresAt) {

  /**
   * Refuses null.
   *
   * @param ticket see {@link #ticket()}
   * @param options see {@link #options()}
   * @param origin see {@link #origin()}
   * @param expiresAt see {@link #expiresAt()}
   */
  public PendingRegistration {
    Objects.requireNonNull(ticket);
    Objects.requireNonNull(options);
    Objects.requireNonNull(origin);
    Objects.requireNonNull(expiresAt);
  }
}
