package dev.keysmith.spi.idp;

import dev.keysmith.spi.Bytes;
import java.util.List;
import java.util.Objects;

/**
 * What the relying party asks of a security key (WebAuthn Level 3, section 5.4, {@code
 * PublicKeyCredentialCreationOptions}).
 *
 * @param relyingParty whose passkey it will be
 * @param user whose account it opens
 * @param challenge in base64url as the provider sent it; goes into the collected client data
 *     unchanged
 * @param algorithms COSE algorithm identifiers, the preferred one first; at least one
 * @param excludeCredentials credentials that must not be on the key already
 * @param residentKey whether the credential should be discoverable
 * @param userVerification whether the key should verify the user
 * @param attestation how much the provider wants to know about the key
 */
public record CredentialCreationOptions(
    RelyingParty relyingParty,
    UserEntity user,
    String challenge,
    List<Integer> algorithms,
    List<CredentialDescriptor> excludeCredentials,
    Requirement residentKey,
    Requirement userVerification,
    Attestation attestation) {

  /**
   * Checks that there is an algorithm and copies the lists.
   *
   * @param relyingParty see {@link #relyingParty()}
   * @param user see {@link #user()}
   * @param challenge see {@link #challenge()}
   * @param algorithms see {@link #algorithms()}
   * @param excludeCredentials see {@link #excludeCredentials()}
   * @param residentKey see {@link #residentKey()}
   * @param userVerification see {@link #userVerification()}
   * @param attestation see {@link #attestation()}
   */
  public CredentialCreationOptions {
    Objects.requireNonNull(relyingParty);
    Objects.requireNonNull(user);
    Objects.requireNonNull(challenge);
    Objects.requireNonNull(residentKey);
    Objects.requireNonNull(userVerification);
    Objects.requireNonNull(attestation);
    algorithms = List.copyOf(algorithms);
    excludeCredentials = List.copyOf(excludeCredentials);
    if (algorithms.isEmpty()) {
      throw new IllegalArgumentException("Creation options must name at least one algorithm");
    }
  }

  /**
   * The relying party.
   *
   * @param id RP ID: a domain name, never empty
   * @param name for people; may be empty
   */
  public record RelyingParty(String id, String name) {

    /**
     * Refuses null.
     *
     * @param id see {@link #id()}
     * @param name see {@link #name()}
     */
    public RelyingParty {
      Objects.requireNonNull(id);
      Objects.requireNonNull(name);
    }
  }

  /**
   * The account.
   *
   * @param id the user handle, 1 to 64 bytes
   * @param name the login
   * @param displayName for people; may be empty
   */
  public record UserEntity(Bytes id, String name, String displayName) {

    /**
     * Checks the length of the user handle.
     *
     * @param id see {@link #id()}
     * @param name see {@link #name()}
     * @param displayName see {@link #displayName()}
     */
    public UserEntity {
      Objects.requireNonNull(name);
      Objects.requireNonNull(displayName);
      if (id.isEmpty() || id.length() > 64) {
        throw new IllegalArgumentException("A user handle has 1 to 64 bytes, not " + id.length());
      }
    }

    /** Without personal data, so that it may appear in logs. */
    @Override
    public String toString() {
      return "UserEntity[" + id.length() + " bytes]";
    }
  }

  /**
   * A credential.
   *
   * @param id credential ID, 1 to 1,023 bytes
   * @param transports as the provider names them ({@code usb}, {@code nfc}); may be empty
   */
  public record CredentialDescriptor(Bytes id, List<String> transports) {

    /**
     * Copies the list.
     *
     * @param id see {@link #id()}
     * @param transports see {@link #transports()}
     */
    public CredentialDescriptor {
      Objects.requireNonNull(id);
      transports = List.copyOf(transports);
    }
  }

  /** How much the provider wants something. */
  public enum Requirement {
    /** Without it the registration fails. */
    REQUIRED,
    /** If the key can. */
    PREFERRED,
    /** Better not. */
    DISCOURAGED
  }

  /** Which attestation the provider wants (WebAuthn Level 3, section 5.4.7). */
  public enum Attestation {
    /** None. */
    NONE,
    /** Any, anonymised or not. */
    INDIRECT,
    /** The key's own. */
    DIRECT,
    /** One that identifies the individual key. */
    ENTERPRISE
  }

  /** Without the challenge and personal data, so that it may appear in logs. */
  @Override
  public String toString() {
    return "CredentialCreationOptions[rpId="
        + relyingParty.id()
        + ", algorithms="
        + algorithms
        + "]";
  }
}
