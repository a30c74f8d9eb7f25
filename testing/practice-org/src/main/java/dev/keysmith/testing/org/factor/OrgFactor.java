package dev.keysmith.testing.org.factor;

import com.yubico.webauthn.RegisteredCredential;
import com.yubico.webauthn.data.ByteArray;
import java.time.Instant;
import java.util.Optional;

/**
 * A WebAuthn factor.
 *
 * @param userId whose it is
 * @param challenge that activation must have signed
 * @param passkey present once active
 */
public record OrgFactor(
    String id,
    String userId,
    ByteArray challenge,
    Instant created,
    Instant lastUpdated,
    Optional<Passkey> passkey) {

  /**
   * What the org keeps of a registered credential.
   *
   * @param publicKey in COSE form
   * @param signatureCount the highest seen
   * @param aaguid of the key's model, in hexadecimal
   */
  public record Passkey(
      ByteArray credentialId, ByteArray publicKey, long signatureCount, String aaguid) {

    RegisteredCredential registered(ByteArray userHandle) {
      return RegisteredCredential.builder()
          .credentialId(credentialId)
          .userHandle(userHandle)
          .publicKeyCose(publicKey)
          .signatureCount(signatureCount)
          .build();
    }

    Passkey counted(long count) {
      return new Passkey(credentialId, publicKey, count, aaguid);
    }
  }

  /** Whether the user can sign in with it. */
  public boolean isActive() {
    return passkey.isPresent();
  }

  OrgFactor with(Passkey passkey, Instant now) {
    return new OrgFactor(id, userId, challenge, created, now, Optional.of(passkey));
  }

  /** Without the challenge. */
  @Override
  public String toString() {
    return "OrgFactor[" + id + (isActive() ? ", active]" : ", pending]");
  }
}
