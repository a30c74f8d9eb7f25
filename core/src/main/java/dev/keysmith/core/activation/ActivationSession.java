package dev.keysmith.core.activation;

import dev.keysmith.core.seal.SealedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** The time after a redemption in which its user can write the own security key. */
@Entity
@Table(name = "activation_session")
public class ActivationSession extends SealedRow {

  static final String KIND = "activation-session";

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Column(name = "code_id")
  private long codeId;

  @Column(name = "user_id")
  private long userId;

  @Column(name = "token_hash")
  private String tokenHash = "";

  private Instant started = Instant.EPOCH;
  private Instant expires = Instant.EPOCH;

  /** For the persistence provider. */
  protected ActivationSession() {}

  ActivationSession(ActivationCode code, String tokenHash, Instant now) {
    this.codeId = code.id();
    this.userId = code.userId();
    this.tokenHash = tokenHash;
    this.started = now;
    this.expires = code.expires();
  }

  boolean isOpen(Instant now) {
    return !isChangedOutside() && now.isBefore(expires);
  }

  /** Whether it came from this code; one that was given another user did not. */
  boolean isOf(ActivationCode code) {
    return codeId == code.id() && userId == code.userId();
  }

  boolean isProvedBy(String hash) {
    return tokenHash.equals(hash);
  }

  /** Identifier, which is no secret. */
  @Override
  public long id() {
    return id;
  }

  @Override
  protected String kind() {
    return KIND;
  }

  @Override
  public String called() {
    return Long.toString(id);
  }

  @Override
  protected List<String> sealedValues() {
    return texts(id, codeId, userId, tokenHash, started, expires);
  }

  /** The code that was redeemed. */
  public long codeId() {
    return codeId;
  }

  /** Who has redeemed it. */
  public long userId() {
    return userId;
  }

  /** When it was redeemed. */
  public Instant started() {
    return started;
  }

  /** When it ends. */
  public Instant expires() {
    return expires;
  }
}
