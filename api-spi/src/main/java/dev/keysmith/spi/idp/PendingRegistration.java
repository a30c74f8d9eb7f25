package dev.keysmith.spi.idp;

import java.time.Instant;
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
    Optional<Instant> expiresAt) {}
