package dev.keysmith.core.bulk;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.PasskeyMessage;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an {@link AssignmentRun} did for one user, and why. */
@Entity
@Table(name = "assignment_decision")
public class AssignmentDecision {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Column(name = "run_id")
  private long runId;

  @Column(name = "user_id")
  private long userId;

  @Column(name = "passkey_id")
  private @Nullable Long passkeyId;

  private Message reason = Message.of(PasskeyMessage.REASON_ASSIGNED);
  private Instant decided = Instant.EPOCH;

  /** For the persistence provider. */
  protected AssignmentDecision() {}

  private AssignmentDecision(long runId, long userId, Message reason, Instant now) {
    this.runId = runId;
    this.userId = userId;
    this.reason = reason;
    this.decided = now;
  }

  static AssignmentDecision assigned(long runId, Passkey passkey, Instant now) {
    AssignmentDecision decision =
        new AssignmentDecision(
            runId, passkey.userId(), Message.of(PasskeyMessage.REASON_ASSIGNED), now);
    decision.passkeyId = passkey.id();
    return decision;
  }

  static AssignmentDecision skipped(long runId, long userId, Message reason, Instant now) {
    return new AssignmentDecision(runId, userId, reason, now);
  }

  /** Identifier. */
  public long id() {
    return id;
  }

  /** About whom. */
  public long userId() {
    return userId;
  }

  /** The passkey that was assigned. */
  public Optional<Long> passkeyId() {
    return Optional.ofNullable(passkeyId);
  }

  /** Why, in words. */
  public Message reason() {
    return reason;
  }

  /** When. */
  public Instant decided() {
    return decided;
  }
}
