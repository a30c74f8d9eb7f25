package dev.keysmith.core.audit;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.AuditProof.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks whether the audit log is as the server has written it. */
@ApplicationScoped
public class AuditVerification {

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int STEPS = 10;

  @Inject AuditChain chain;
  @Inject Clock clock;
  @Inject AuditSteps steps;

  private Position reached = Position.START;
  private Instant looked = Instant.EPOCH;
  private boolean intact = true;

  /** Looks at the whole log. Call without transaction: a long log is read in steps. */
  @Allowed({Role.ADMINISTRATOR, Role.AUDITOR})
  public AuditProof verify() {
    return look();
  }

  /** The same, for the server itself. */
  public AuditProof look() {
    Position position = Position.START;
    while (true) {
      AuditSteps.Step step = steps.next(position);
      position = step.position();
      if (step.fault().isPresent() || step.last()) {
        return proof(position, step.fault());
      }
    }
  }

  /**
   * Whether recent checks found nothing wrong; cheap enough for frequent calls: each minute some
   * thousands of entries are checked, from where the last check ended.
   */
  public synchronized boolean recent() {
    Instant now = clock.instant();
    if (now.isBefore(looked.plus(PAUSE))) {
      return intact;
    }
    looked = now;
    for (int i = 0; i < STEPS; i++) {
      AuditSteps.Step step = steps.next(reached);
      reached = step.last() ? Position.START : step.position();
      if (step.last()) {
        intact = step.fault().isEmpty();
        return intact;
      }
    }
    return intact;
  }

  private AuditProof proof(Position position, Optional<Fault> fault) {
    if (fault.isEmpty()) {
      chain.seen(position.number());
    }
    return new AuditProof(
        fault.isEmpty(), position.number(), position.hash(), clock.instant(), fault);
  }

  /** How far the chain was followed. */
  record Position(long number, String hash) {
    static final Position START = new Position(0, "");
  }
}
