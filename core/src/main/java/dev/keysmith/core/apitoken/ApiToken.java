package dev.keysmith.core.apitoken;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.seal.SealedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A credential for the API. The token itself is shown once; only its SHA-256 is kept. */
@Entity
@Table(name = "api_token")
@SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
public class ApiToken extends SealedRow {

  static final String KIND = "token";

  /** Uses closer together than this are not recorded, so that a busy token costs no writes. */
  private static final Duration USE_RECORDED_EVERY = Duration.ofMinutes(10);

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  private long id;

  private String label;

  @Enumerated(EnumType.STRING)
  private Role role;

  private String hash;
  private Instant created;

  @Column(name = "created_by")
  private String createdBy;

  private @Nullable Instant expires;
  private @Nullable Instant revoked;

  @Column(name = "last_used")
  private @Nullable Instant lastUsed;

  @Version private long version;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected ApiToken() {}

  ApiToken(NewApiToken wanted, String hash, Instant created, String createdBy) {
    this.label = wanted.label();
    this.role = wanted.role();
    this.expires = wanted.expires();
    this.hash = hash;
    this.created = created;
    this.createdBy = createdBy;
  }

  /** The identifier, which is no secret. */
  @Override
  public long id() {
    return id;
  }

  /** What it is for; the name under which its actions are audited. */
  public String label() {
    return label;
  }

  /** What it allows. */
  public Role role() {
    return role;
  }

  /** When it was created. */
  public Instant created() {
    return created;
  }

  /** Who created it. */
  public String createdBy() {
    return createdBy;
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
    return texts(id, label, role, hash, expires, revoked);
  }

  /** The token as one that does something. */
  public Actor actor() {
    return Actor.token(id, label);
  }

  /** From when on it is refused; empty for never. */
  public Optional<Instant> expires() {
    return Optional.ofNullable(expires);
  }

  /** When it was revoked. */
  public Optional<Instant> revoked() {
    return Optional.ofNullable(revoked);
  }

  /** When it was used last, give or take ten minutes. */
  public Optional<Instant> lastUsed() {
    return Optional.ofNullable(lastUsed);
  }

  /** Whether it is accepted at this time. */
  public boolean isUsable(Instant now) {
    return !isChangedOutside() && revoked == null && (expires == null || now.isBefore(expires));
  }

  boolean wantsUseRecorded(Instant now) {
    return lastUsed == null || lastUsed.plus(USE_RECORDED_EVERY).isBefore(now);
  }

  /** False if it was revoked before. One that was changed outside is sealed as a revoked one. */
  boolean revoke(Instant now) {
    if (revoked != null && !isChangedOutside()) {
      return false;
    }
    revoked = now;
    seal();
    return true;
  }
}
