package dev.keysmith.core.workflow;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.PasskeyMessage;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One decision of a workflow about one user, with the reason. */
@Entity
@Table(name = "workflow_run")
public class WorkflowRun {

  /** What a workflow decided. */
  public enum Decision {
    /** The user got a passkey. */
    ASSIGNED,
    /** The user got none, and the reason says why. */
    SKIPPED
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Column(name = "workflow_id")
  private long workflowId;

  @Column(name = "user_id")
  private long userId;

  private String cause = "";

  @Enumerated(EnumType.STRING)
  private Decision decision = Decision.SKIPPED;

  private Message reason = Message.of(PasskeyMessage.REASON_ASSIGNED);

  @Column(name = "passkey_id")
  private @Nullable Long passkeyId;

  private Instant decided = Instant.EPOCH;

  /** For the persistence provider. */
  protected WorkflowRun() {}

  private WorkflowRun(long workflowId, long userId, String cause, Instant now) {
    this.workflowId = workflowId;
    this.userId = userId;
    this.cause = cause;
    this.decided = now;
  }

  static WorkflowRun assigned(
      long workflowId, long userId, String cause, long passkeyId, Instant now) {
    WorkflowRun run = new WorkflowRun(workflowId, userId, cause, now);
    run.decision = Decision.ASSIGNED;
    run.reason = Message.of(PasskeyMessage.REASON_ASSIGNED);
    run.passkeyId = passkeyId;
    return run;
  }

  static WorkflowRun skipped(
      long workflowId, long userId, String cause, Message reason, Instant now) {
    WorkflowRun run = new WorkflowRun(workflowId, userId, cause, now);
    run.reason = reason;
    return run;
  }

  /** Identifier. */
  public long id() {
    return id;
  }

  /** Of which workflow. */
  public long workflowId() {
    return workflowId;
  }

  /** About whom. */
  public long userId() {
    return userId;
  }

  /** What set it off, for instance {@code import:17} or {@code key:4}. */
  public String cause() {
    return cause;
  }

  /** What was decided. */
  public Decision decision() {
    return decision;
  }

  /** Why, in words. */
  public Message reason() {
    return reason;
  }

  /** The passkey that was assigned. */
  public Optional<Long> passkeyId() {
    return Optional.ofNullable(passkeyId);
  }

  /** When. */
  public Instant decided() {
    return decided;
  }
}
