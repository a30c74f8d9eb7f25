package dev.keysmith.core.operator;

import dev.keysmith.core.seal.SealedRow;
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

/** A one-time link by which an operator sets up a password or a passkey; only a hash is kept. */
@Entity
@Table(name = "set_up_link")
@SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
public class SetUpLink extends SealedRow {

  static final String KIND = "set-up-link";

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  private long id;

  @Column(name = "operator_id")
  private @Nullable Long operatorId;

  private String hash;
  private Instant created;

  @Column(name = "created_by")
  private String createdBy;

  private @Nullable Instant expires;
  private @Nullable Instant ended;

  @Version private long version;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected SetUpLink() {}

  private SetUpLink(@Nullable Long operatorId, String hash, Instant created, String createdBy) {
    this.operatorId = operatorId;
    this.hash = hash;
    this.created = created;
    this.createdBy = createdBy;
  }

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
    return createdBy;
  }

  @Override
  protected List<String> sealedValues() {
    return texts(id, operatorId, hash, expires, ended);
  }

  String createdBy() {
    return createdBy;
  }

  /** Makes the first account; valid until used. */
  static SetUpLink first(String hash, Instant created, String createdBy) {
    return new SetUpLink(null, hash, created, createdBy);
  }

  static SetUpLink of(Operator operator, String hash, Instant created, String createdBy) {
    return new SetUpLink(operator.id(), hash, created, createdBy);
  }

  SetUpLink until(Instant expires) {
    this.expires = expires;
    return this;
  }

  /** The account that it is for; empty for the first one. */
  Optional<Long> operatorId() {
    return Optional.ofNullable(operatorId);
  }

  boolean isUsable(Instant now) {
    return !isChangedOutside() && ended == null && (expires == null || now.isBefore(expires));
  }

  /** One that was changed outside is sealed as one that has ended. */
  void end(Instant now) {
    ended = now;
    seal();
  }
}
