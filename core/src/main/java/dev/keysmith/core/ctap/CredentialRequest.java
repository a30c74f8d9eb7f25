package dev.keysmith.core.ctap;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import java.util.Optional;

/**
 * What to ask of {@link Ctap2Client#makeCredential}.
 *
 * @param options of the relying party
 * @param clientDataHash SHA-256 of the collected client data
 * @param verification proof that the user was verified, if there is any
 * @param protection when the credential may be used, if the key's default is not to apply
 * @param enterpriseAttestation which enterprise attestation to ask for, if any
 */
public record CredentialRequest(
    CredentialCreationOptions options,
    Bytes clientDataHash,
    Optional<PinUvAuthToken> verification,
    Optional<Protection> protection,
    Optional<EnterpriseAttestation> enterpriseAttestation) {

  /** When a credential may be used (CTAP 2.1, section 12.1, {@code credProtect}). */
  public enum Protection {
    /** Always. */
    UV_OPTIONAL,
    /** With user verification, or by its credential ID. */
    UV_OPTIONAL_WITH_CREDENTIAL_ID_LIST,
    /** With user verification only. */
    UV_REQUIRED;

    int level() {
      return ordinal() + 1;
    }
  }

  /** Who may ask for enterprise attestation (CTAP 2.1, section 7.1.2). */
  public enum EnterpriseAttestation {
    /** The relying parties that the vendor wrote on the key. */
    VENDOR_FACILITATED,
    /** The relying parties that the platform's administrator allows. */
    PLATFORM_MANAGED;

    int level() {
      return ordinal() + 1;
    }
  }

  /** Without proof of user verification and extras. */
  public static CredentialRequest of(CredentialCreationOptions options, Bytes clientDataHash) {
    return new CredentialRequest(
        options, clientDataHash, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * With proof of user verification.
   *
   * @param token with {@code mc}, and with {@code ga} if the options exclude credentials
   */
  public CredentialRequest verifiedBy(PinUvAuthToken token) {
    return new CredentialRequest(
        options, clientDataHash, Optional.of(token), protection, enterpriseAttestation);
  }

  /** With credential protection, which the key must support. */
  public CredentialRequest protectedBy(Protection level) {
    return new CredentialRequest(
        options, clientDataHash, verification, Optional.of(level), enterpriseAttestation);
  }

  /** With enterprise attestation, which must be enabled on the key. */
  public CredentialRequest attestedBy(EnterpriseAttestation kind) {
    return new CredentialRequest(
        options, clientDataHash, verification, protection, Optional.of(kind));
  }
}
