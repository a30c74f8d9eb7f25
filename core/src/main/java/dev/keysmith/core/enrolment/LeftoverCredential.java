package dev.keysmith.core.enrolment;

import dev.keysmith.spi.Bytes;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A credential that an undone enrolment may have left on a security key. It opens nothing, because
 * the identity provider does not know it, and is deleted the next time the key is there.
 */
@Entity
@Table(name = "leftover_credential")
public class LeftoverCredential {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Column(name = "key_id")
  private long keyId;

  @Column(name = "rp_id")
  private String rpId = "";

  @Column(name = "user_handle")
  private String userHandle = "";

  @Column(name = "credential_id")
  private @Nullable String credentialId;

  @Column(name = "held_before")
  private String heldBefore = "";

  private Instant noted = Instant.EPOCH;

  /** For the persistence provider. */
  protected LeftoverCredential() {}

  LeftoverCredential(
      long keyId,
      String rpId,
      Bytes userHandle,
      Optional<Bytes> credentialId,
      String heldBefore,
      Instant now) {
    this.heldBefore = heldBefore;
    this.keyId = keyId;
    this.rpId = rpId;
    this.userHandle = userHandle.toBase64Url();
    this.credentialId = credentialId.map(Bytes::toBase64Url).orElse(null);
    this.noted = now;
  }

  /** Identifier. */
  public long id() {
    return id;
  }

  /** On which key. */
  public long keyId() {
    return keyId;
  }

  /** Of which relying party. */
  public String rpId() {
    return rpId;
  }

  /** Whose account it was meant for. */
  public Bytes userHandle() {
    return Bytes.fromBase64Url(userHandle);
  }

  /**
   * Whether a credential on the key is the one that was left. Where its id never became known, it
   * is one of the same account that the key did not hold before.
   */
  public boolean matches(Bytes handle, Bytes credential) {
    if (credentialId != null) {
      return credentialId.equals(credential.toBase64Url());
    }
    return userHandle().equals(handle)
        && !List.of(heldBefore.split(" ")).contains(credential.toBase64Url());
  }

  /** The credential, if the key answered before the interruption. */
  public Optional<Bytes> credentialId() {
    return Optional.ofNullable(credentialId).map(Bytes::fromBase64Url);
  }
}
