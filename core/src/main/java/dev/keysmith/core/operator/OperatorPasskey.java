package dev.keysmith.core.operator;

import dev.keysmith.core.seal.SealedRow;
import dev.keysmith.spi.Bytes;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A passkey by which an operator signs in to Keysmith (WebAuthn Level 3, credential record). */
@Entity
@Table(name = "operator_passkey")
@SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
public class OperatorPasskey extends SealedRow {

  static final String KIND = "operator-passkey";

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  private long id;

  @Column(name = "operator_id")
  private long operatorId;

  @Column(name = "credential_id")
  private String credentialId;

  @Column(name = "rp_id")
  private String rpId;

  private String label;

  @Column(name = "attested_data")
  private byte[] attestedData;

  private String transports;

  @Column(name = "signature_counter")
  private long signatureCounter;

  @Column(name = "backup_eligible")
  private boolean backupEligible;

  @Column(name = "backed_up")
  private boolean backedUp;

  private Instant created;

  @Column(name = "last_used")
  private @Nullable Instant lastUsed;

  @Version private long version;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected OperatorPasskey() {}

  OperatorPasskey(long operatorId, String label, NewCredential made, Instant created) {
    this.operatorId = operatorId;
    this.label = label;
    this.rpId = made.rpId();
    this.credentialId = made.credentialId().toBase64Url();
    this.attestedData = made.attestedData().toArray();
    this.transports = String.join(" ", made.transports());
    this.signatureCounter = made.signatureCounter();
    this.backupEligible = made.backupEligible();
    this.backedUp = made.backedUp();
    this.created = created;
  }

  /** The identifier. */
  @Override
  public long id() {
    return id;
  }

  /** Whose it is. */
  public long operatorId() {
    return operatorId;
  }

  /** What its owner calls it. */
  public String label() {
    return label;
  }

  /** Base64url, as browsers write it. */
  public String credentialId() {
    return credentialId;
  }

  /** The RP ID that it was made for: it can sign in nowhere else. */
  public String rpId() {
    return rpId;
  }

  /** How the authenticator can be reached. */
  public List<String> transports() {
    return transports.isEmpty() ? List.of() : List.of(transports.split(" "));
  }

  /** Whether it is copied between the devices of its owner. */
  public boolean backedUp() {
    return backedUp;
  }

  /** When it was made. */
  public Instant created() {
    return created;
  }

  /** When it was last used to sign in. */
  public Optional<Instant> lastUsed() {
    return Optional.ofNullable(lastUsed);
  }

  @Override
  protected String kind() {
    return KIND;
  }

  @Override
  public String called() {
    return label;
  }

  @Override
  protected List<String> sealedValues() {
    return texts(id, operatorId, credentialId, rpId, attestedData().toBase64Url(), backupEligible);
  }

  Bytes attestedData() {
    return Bytes.of(attestedData);
  }

  long signatureCounter() {
    return signatureCounter;
  }

  boolean backupEligible() {
    return backupEligible;
  }

  /** WebAuthn Level 3, section 7.2, step 25. */
  void use(long counter, boolean nowBackedUp, Instant now) {
    signatureCounter = counter;
    backedUp = nowBackedUp;
    lastUsed = now;
  }
}
