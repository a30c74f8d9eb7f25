package dev.keysmith.testing.org.factor;

import com.yubico.webauthn.data.UserVerificationRequirement;
import java.time.Duration;
import java.util.Optional;

/**
 * What the org asks of passkeys.
 *
 * @param orgName that the key may show
 * @param rpId sent in the creation options; if empty none is, and the host of the org counts
 * @param requireResidentKey whether the credential must be discoverable
 * @param userVerification whether the key must verify the user
 * @param attestation that the org asks for, as WebAuthn writes it
 * @param pendingLifetime after which a factor that was not activated is gone
 * @param onePending whether a pending factor stands in the way of another
 */
public record FactorPolicy(
    String orgName,
    Optional<String> rpId,
    boolean requireResidentKey,
    UserVerificationRequirement userVerification,
    String attestation,
    Duration pendingLifetime,
    boolean onePending) {

  /** As many WebAuthn factors as a user of Okta may have. */
  static final int MOST_FACTORS = 10;
}
