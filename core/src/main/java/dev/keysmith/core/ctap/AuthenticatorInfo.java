package dev.keysmith.core.ctap;

import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.spi.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What a key says about itself (CTAP 2.1, section 6.4, and the members that CTAP 2.2 adds).
 *
 * @param versions for instance {@code FIDO_2_1}
 * @param extensions for instance {@code credProtect}
 * @param aaguid of the model
 * @param options by option ID; an absent option is not supported
 * @param maxMsgSize largest request; 1,024 bytes if the key does not say
 * @param pinUvAuthProtocols the preferred one first
 * @param maxCredentialCountInList credentials in an allow or exclude list
 * @param maxCredentialIdLength in bytes
 * @param transports for instance {@code usb}; empty if the key does not say
 * @param algorithms COSE algorithm identifiers, the preferred one first; empty if it does not say
 * @param forcePinChange whether the PIN must be changed before it is accepted
 * @param minPinLength in Unicode code points
 * @param firmwareVersion as a number of the vendor's
 * @param maxRpIdsForSetMinPinLength RP IDs that may be allowed to see the minimum PIN length
 * @param preferredPlatformUvAttempts fingerprints to try before asking for the PIN
 * @param uvModality bits of the FIDO registry of predefined values
 * @param certifications level by certification
 * @param remainingDiscoverableCredentials at least so many passkeys fit still
 * @param attestationFormats for instance {@code packed}; empty if the key does not say
 * @param longTouchForReset whether a reset takes a long touch
 * @param transportsForReset over which a reset is allowed; empty if the key does not say
 * @param pinComplexityPolicy whether the PIN must obey rules beyond its length
 * @param pinComplexityPolicyUrl where these rules are explained
 * @param maxPinLength in Unicode code points
 * @param members all members as sent, each in CBOR, unknown ones included
 */
public record AuthenticatorInfo(
    List<String> versions,
    List<String> extensions,
    UUID aaguid,
    Map<String, Boolean> options,
    int maxMsgSize,
    List<Integer> pinUvAuthProtocols,
    Optional<Integer> maxCredentialCountInList,
    Optional<Integer> maxCredentialIdLength,
    List<String> transports,
    List<Integer> algorithms,
    boolean forcePinChange,
    int minPinLength,
    Optional<Long> firmwareVersion,
    int maxRpIdsForSetMinPinLength,
    Optional<Integer> preferredPlatformUvAttempts,
    Optional<Long> uvModality,
    Map<String, Long> certifications,
    Optional<Integer> remainingDiscoverableCredentials,
    List<String> attestationFormats,
    boolean longTouchForReset,
    List<String> transportsForReset,
    boolean pinComplexityPolicy,
    Optional<String> pinComplexityPolicyUrl,
    int maxPinLength,
    Map<Integer, Bytes> members) {

  /** No key takes less (CTAP 2.1, section 6.4). */
  private static final int DEFAULT_MAX_MSG_SIZE = 1024;

  private static final int LONGEST_CREDENTIAL_ID = 1023;
  private static final int MOST_RP_IDS = 100;
  private static final int MOST_UV_ATTEMPTS = 25;

  private static final Predicate<Integer> POSITIVE = number -> number > 0;

  /** Numbers that the standard bounds are held within its bounds, whatever the key says. */
  static AuthenticatorInfo parse(CborMap answer) {
    int minPinLength =
        within(
            answer.integer(0x0D).orElse(PinLength.LEAST_CODE_POINTS),
            PinLength.LEAST_CODE_POINTS,
            PinLength.MOST_BYTES);
    return new AuthenticatorInfo(
        answer.texts(0x01),
        answer.texts(0x02),
        aaguid(answer.requiredBytes(0x03)),
        answer.flags(0x04),
        within(answer.integer(0x05).orElse(0), DEFAULT_MAX_MSG_SIZE, CommandChannel.MAX_MESSAGE),
        answer.integers(0x06),
        answer
            .integer(0x07)
            .map(count -> Math.min(count, FetchBudget.LONGEST_LIST))
            .filter(POSITIVE),
        answer
            .integer(0x08)
            .map(length -> Math.min(length, LONGEST_CREDENTIAL_ID))
            .filter(POSITIVE),
        answer.texts(0x09),
        answer.maps(0x0A).stream().map(algorithm -> algorithm.requiredSigned("alg")).toList(),
        answer.bool(0x0C).orElse(false),
        minPinLength,
        answer.number(0x0E),
        Math.min(answer.integer(0x10).orElse(0), MOST_RP_IDS),
        answer.integer(0x11).map(attempts -> Math.min(attempts, MOST_UV_ATTEMPTS)),
        answer.number(0x12),
        answer.levels(0x13),
        answer.integer(0x14),
        answer.texts(0x16),
        answer.bool(0x18).orElse(false),
        answer.texts(0x1A),
        answer.bool(0x1B).orElse(false),
        answer.bytes(0x1C).map(AuthenticatorInfo::ascii),
        within(
            answer.integer(0x1D).orElse(PinLength.MOST_BYTES), minPinLength, PinLength.MOST_BYTES),
        answer.numberedAbove(0));
  }

  private static int within(int number, int least, int most) {
    return Math.max(least, Math.min(number, most));
  }

  /** Whether an option is present and true. */
  public boolean has(String option) {
    return options.getOrDefault(option, false);
  }

  /** Whether the key can have a PIN. */
  public boolean supportsClientPin() {
    return options.containsKey("clientPin");
  }

  /** Whether a PIN is set. */
  public boolean isClientPinSet() {
    return has("clientPin");
  }

  /**
   * Whether the key verifies its user itself, by fingerprint for instance, and is set up for it.
   */
  public boolean isBuiltInUvConfigured() {
    return has("uv");
  }

  /** Whether tokens carry permissions (CTAP 2.1). */
  public boolean supportsTokenPermissions() {
    return has("pinUvAuthToken");
  }

  /** Whether the key stores discoverable credentials. */
  public boolean supportsDiscoverableCredentials() {
    return has("rk");
  }

  /** Whether credentials can be listed and deleted, by the standard's command or its preview. */
  public boolean supportsCredentialManagement() {
    return has("credMgmt") || has("credentialMgmtPreview");
  }

  /** Whether the key takes configuration commands. */
  public boolean supportsAuthenticatorConfig() {
    return has("authnrCfg");
  }

  /** Whether the minimum PIN length can be set. */
  public boolean supportsSetMinPinLength() {
    return has("setMinPINLength");
  }

  /** Whether the key can identify itself by enterprise attestation, enabled or not. */
  public boolean supportsEnterpriseAttestation() {
    return options.containsKey("ep");
  }

  /** Whether the key asks for user verification at every use. */
  public boolean alwaysUv() {
    return has("alwaysUv");
  }

  /** Whether the key knows an extension. */
  public boolean supportsExtension(String extension) {
    return extensions.contains(extension);
  }

  /** Whether the key speaks CTAP 2 of any version. */
  public boolean speaksCtap2() {
    return versions.stream().anyMatch(version -> version.startsWith("FIDO_2_"));
  }

  private static UUID aaguid(Bytes value) {
    if (value.length() != 16) {
      throw CtapException.unreadable(
          CtapCommand.GET_INFO.standardName(), "an AAGUID of " + value.length() + " bytes", null);
    }
    ByteBuffer buffer = ByteBuffer.wrap(value.toArray());
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private static String ascii(Bytes value) {
    return new String(value.toArray(), StandardCharsets.UTF_8);
  }
}
