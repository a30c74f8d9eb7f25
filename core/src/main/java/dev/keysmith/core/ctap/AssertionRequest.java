package dev.keysmith.core.ctap;

import dev.keysmith.spi.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What to ask of {@link Ctap2Client#getAssertions}.
 *
 * @param rpId the relying party
 * @param clientDataHash SHA-256 of the collected client data
 * @param allowList credential IDs; empty for the discoverable credentials of the relying party
 * @param userPresence false for a silent question, without a touch
 * @param builtInVerification whether the key should verify the user itself, by fingerprint for
 *     instance
 * @param verification proof that the user was verified, if there is any
 */
public record AssertionRequest(
    String rpId,
    Bytes clientDataHash,
    List<Bytes> allowList,
    boolean userPresence,
    boolean builtInVerification,
    Optional<PinUvAuthToken> verification) {

  /** Copies the list. */
  public AssertionRequest {
    allowList = List.copyOf(allowList);
  }

  /** With a touch, for the discoverable credentials, without proof of user verification. */
  public static AssertionRequest of(String rpId, Bytes clientDataHash) {
    return new AssertionRequest(rpId, clientDataHash, List.of(), true, false, Optional.empty());
  }

  /** For these credentials only. */
  public AssertionRequest allowing(List<Bytes> credentialIds) {
    return new AssertionRequest(
        rpId, clientDataHash, credentialIds, userPresence, builtInVerification, verification);
  }

  /** Without a touch. */
  public AssertionRequest silent() {
    return new AssertionRequest(
        rpId, clientDataHash, allowList, false, builtInVerification, verification);
  }

  /**
   * With proof of user verification.
   *
   * @param token with {@code ga}
   */
  public AssertionRequest verifiedBy(PinUvAuthToken token) {
    return new AssertionRequest(
        rpId, clientDataHash, allowList, userPresence, false, Optional.of(token));
  }

  /** With user verification by the key itself, in place of a token. */
  public AssertionRequest verifiedByKey() {
    return new AssertionRequest(
        rpId, clientDataHash, allowList, userPresence, true, Optional.empty());
  }
}
