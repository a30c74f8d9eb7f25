package dev.keysmith.core.audit;

import dev.keysmith.spi.Text;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;

/** One entry of the audit log; never changed and never removed by the server. */
@Entity
@Table(name = "audit_entry")
@SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
public class AuditEntry {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  private long id;

  private Instant at;

  @Column(name = "actor_kind")
  private String actorKind;

  @Column(name = "actor_id")
  private String actorId;

  @Column(name = "actor_name")
  private String actorName;

  private String action;

  @Column(name = "subject_type")
  private String subjectType;

  @Column(name = "subject_id")
  private String subjectId;

  @Column(name = "subject_label")
  private String subjectLabel;

  private String details;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected AuditEntry() {}

  AuditEntry(Instant at, Actor by, String action, Subject subject, Map<String, String> details) {
    this.at = at;
    this.actorKind = by.kind().name();
    this.actorId = by.id();
    this.actorName = Text.shorten(by.name(), 255);
    this.action = action;
    this.subjectType = subject.type();
    this.subjectId = subject.id();
    this.subjectLabel = Text.shorten(subject.label(), 1000);
    this.details = Details.write(details);
  }

  /** As it is chained and stored. */
  ChainLink link(long newId) {
    return new ChainLink(
        newId,
        at,
        actorKind,
        actorId,
        actorName,
        action,
        subjectType,
        subjectId,
        subjectLabel,
        details);
  }

  /** Identifies the entry; later entries have greater ids only on the same node. */
  public long id() {
    return id;
  }

  /** When it was done. */
  public Instant at() {
    return at;
  }

  /** Who did it. */
  public Actor by() {
    return new Actor(Actor.Kind.of(actorKind), actorId, actorName);
  }

  /** What was done, for instance {@code passkey.assigned}. */
  public String action() {
    return action;
  }

  /** To whom or what. */
  public Subject subject() {
    return new Subject(subjectType, subjectId, subjectLabel);
  }

  /** What else is worth knowing; no secrets. */
  public Map<String, String> details() {
    return Details.read(details);
  }
}
