package dev.keysmith.core.bulk;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.message.Message;
import jakarta.persistence.Column;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Work that assigns passkeys to many users, in steps that are each one transaction: where it stands
 * is stored with what it did, so that it goes on there after a crash.
 */
@MappedSuperclass
public abstract class BulkRun {

  /** Where it stands. */
  public enum State {
    /** At work, or waiting for its turn. */
    RUNNING,
    /** Every user has been decided about. */
    DONE,
    /** Ended by an operator; what was assigned stays. */
    CANCELLED,
    /** Given up after many attempts; goes on when an administrator retries its dead letter. */
    FAILED
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Version private int version;

  @Enumerated(EnumType.STRING)
  private State state = State.RUNNING;

  @Enumerated(EnumType.STRING)
  @Column(name = "requested_by_kind")
  private Actor.Kind requestedByKind = Actor.Kind.SYSTEM;

  @Column(name = "requested_by_id")
  private String requestedById = "";

  @Column(name = "requested_by_name")
  private String requestedByName = "";

  private Instant requested = Instant.EPOCH;
  private @Nullable Instant ended;
  private @Nullable Message failure;

  /** The id of the last user who has been decided about. */
  private long position;

  private long total;
  private int assigned;
  private int skipped;

  /** For the persistence provider. */
  protected BulkRun() {}

  /**
   * @param total how many users there are to decide about
   */
  protected BulkRun(Actor by, long total, Instant now) {
    this.requestedByKind = by.kind();
    this.requestedById = by.id();
    this.requestedByName = by.name();
    this.total = total;
    this.requested = now;
  }

  /** Whether a step that begins after this user is still to be done. */
  public boolean isAt(long after) {
    return state == State.RUNNING && position == after;
  }

  /** Counts a decision. */
  public void decided(long userId, boolean isAssigned) {
    position = userId;
    if (isAssigned) {
      assigned++;
    } else {
      skipped++;
    }
  }

  /** No user is left. */
  public void finish(Instant now) {
    state = State.DONE;
    ended = now;
  }

  /**
   * Ends it.
   *
   * @return false if it was over before
   */
  public boolean cancel(Instant now) {
    if (state != State.RUNNING) {
      return false;
    }
    state = State.CANCELLED;
    ended = now;
    return true;
  }

  /**
   * Ends it with its position kept, see {@link #goOn}.
   *
   * @return false if it was over before
   */
  public boolean fail(Message reason, Instant now) {
    if (state != State.RUNNING) {
      return false;
    }
    state = State.FAILED;
    ended = now;
    failure = reason;
    return true;
  }

  /**
   * From failed to running again, where it stood.
   *
   * @return false if it had not failed
   */
  public boolean goOn() {
    if (state != State.FAILED) {
      return false;
    }
    state = State.RUNNING;
    ended = null;
    failure = null;
    return true;
  }

  /** Identifier. */
  public long id() {
    return id;
  }

  /** Where it stands. */
  public State state() {
    return state;
  }

  /** Who wanted it. */
  public Actor requestedBy() {
    return new Actor(requestedByKind, requestedById, requestedByName);
  }

  /** When it was wanted. */
  public Instant requested() {
    return requested;
  }

  /** When it ended. */
  public Optional<Instant> ended() {
    return Optional.ofNullable(ended);
  }

  /** Why it failed; empty unless it did. */
  public Optional<Message> failure() {
    return Optional.ofNullable(failure);
  }

  /** The id of the last user who has been decided about; 0 before the first. */
  public long position() {
    return position;
  }

  /** How many users there were to decide about when it began. */
  public long total() {
    return total;
  }

  /** How many got a passkey. */
  public int assigned() {
    return assigned;
  }

  /** How many got none, for reasons that are logged. */
  public int skipped() {
    return skipped;
  }
}
