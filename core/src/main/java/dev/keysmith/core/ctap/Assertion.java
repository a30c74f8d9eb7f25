package dev.keysmith.core.ctap;

import dev.keysmith.spi.Bytes;
import java.util.Optional;

/**
 * A signature of a credential on a key (CTAP 2.1, section 6.2.2).
 *
 * @param credentialId of the credential that signed
 * @param authenticatorData what was signed, together with the client data hash
 * @param signature in the form of the credential's algorithm
 * @param userHandle present for discoverable credentials
 */
public record Assertion(
    Bytes credentialId,
    AuthenticatorData authenticatorData,
    Bytes signature,
    Optional<Bytes> userHandle) {}
