package dev.keysmith.core.imports;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.directory.UserImported;
import dev.keysmith.core.imports.ImportPlan.Mode;
import dev.keysmith.core.imports.ImportPlan.Scope;
import dev.keysmith.core.message.Message;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An import: what was asked for, how far it is, how it ended. Its position is stored with each page
 * of users, so that it goes on there after a crash.
 */
@Entity
@Table(name = "import_run")
@SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
public class ImportRun {

  /** How far an import is. */
  public enum State {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    /** Whether nothing more will happen. */
    public boolean isOver() {
      return this != QUEUED && this != RUNNING;
    }
  }

  /** The parts of an import, in their order. */
  public enum Phase {
    /** Fetching the whole directory; left out if only groups are imported. */
    USERS,
    /** Looking up those whom a list names. */
    LINES,
    /** Fetching groups and their members. */
    GROUPS,
    /** Marking those who were not seen; only if the whole directory was fetched for updates. */
    LEAVERS,
    /** Recording {@link UserImported} for all who are new, now that their groups are known. */
    ANNOUNCEMENT
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  private long id;

  @Column(name = "integration_id", updatable = false)
  private long integrationId;

  @Column(name = "active_integration_id")
  private @Nullable Long activeIntegrationId;

  @Enumerated(EnumType.STRING)
  private Scope scope;

  @Enumerated(EnumType.STRING)
  private Mode mode;

  @Column(name = "many_may_leave")
  private boolean manyMayLeave;

  @Enumerated(EnumType.STRING)
  private State state;

  @Enumerated(EnumType.STRING)
  @Column(name = "requested_by_kind")
  private Actor.Kind requestedByKind;

  @Column(name = "requested_by_id")
  private String requestedById;

  @Column(name = "requested_by_name")
  private String requestedByName;

  @Column(name = "queued_at")
  private Instant queuedAt;

  @Column(name = "started_at")
  private @Nullable Instant startedAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @Enumerated(EnumType.STRING)
  private Phase phase;

  @ElementCollection
  @CollectionTable(name = "import_run_group", joinColumns = @JoinColumn(name = "import_run_id"))
  @OrderColumn(name = "position")
  @Column(name = "external_id")
  private List<String> groups = new ArrayList<>();

  @Column(name = "group_index")
  private int groupIndex;

  @Column(name = "page_cursor")
  private @Nullable String cursor;

  private int seen;
  private int created;
  private int updated;
  private int unchanged;

  @Column(name = "departed")
  private int left;

  private int failed;
  private @Nullable Message note;
  private @Nullable Message error;

  @Column(name = "waiting_reason")
  private @Nullable Message waitingReason;

  @Column(name = "waiting_until")
  private @Nullable Instant waitingUntil;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected ImportRun() {}

  ImportRun(long integrationId, ImportPlan plan, Actor by, Instant now) {
    this.integrationId = integrationId;
    this.activeIntegrationId = integrationId;
    this.scope = plan.scope();
    this.mode = plan.mode();
    this.manyMayLeave = plan.manyMayLeave();
    this.groups.addAll(plan.groupIds());
    this.requestedByKind = by.kind();
    this.requestedById = by.id();
    this.requestedByName = by.name();
    this.queuedAt = now;
    this.state = State.QUEUED;
    this.phase = first(plan.scope());
  }

  private static Phase first(Scope scope) {
    return switch (scope) {
      case WHOLE -> Phase.USERS;
      case GROUPS -> Phase.GROUPS;
      case LIST -> Phase.LINES;
    };
  }

  /** From queued to running; a repeat does nothing. */
  void begin(List<String> knownGroups, Instant now) {
    if (state != State.QUEUED) {
      return;
    }
    state = State.RUNNING;
    if (startedAt != null) {
      return; // It goes on, with the groups that it began with.
    }
    startedAt = now;
    if (scope == Scope.WHOLE) {
      groups.addAll(knownGroups);
    }
  }

  /**
   * Whether a failed import can go on where it stood. Doubt about those who left is not removed by
   * going on: that takes an import with other permissions or with a confirmation.
   */
  public boolean canGoOn() {
    return state == State.FAILED && startedAt != null && phase != Phase.LEAVERS;
  }

  /** From failed to queued, to go on where it stood. */
  void goOn() {
    state = State.QUEUED;
    endedAt = null;
    error = null;
    activeIntegrationId = integrationId;
  }

  /** Goes on after a page: to the next one, or to what follows the last one. */
  void advance(ImportCounts more, Optional<String> next) {
    count(more);
    cursor = next.orElse(null);
    if (cursor != null) {
      return;
    }
    if (phase == Phase.USERS) {
      phase = Phase.GROUPS;
    } else {
      groupIndex++;
    }
    if (groupIndex >= groups.size()) {
      phase = marksLeavers() ? Phase.LEAVERS : Phase.ANNOUNCEMENT;
    }
  }

  /** Goes on after some lines of a list. */
  void advanceInList(ImportCounts more, int lastLine) {
    count(more);
    cursor = Integer.toString(lastLine);
  }

  /** The list has been read to its end. */
  void listRead() {
    cursor = null;
    phase = Phase.ANNOUNCEMENT;
  }

  private boolean marksLeavers() {
    return scope == Scope.WHOLE && mode == Mode.NEW_AND_UPDATE;
  }

  /** Begins the current list of users anew. */
  void restartList() {
    cursor = null;
  }

  void leaversMarked() {
    phase = Phase.ANNOUNCEMENT;
  }

  void count(ImportCounts more) {
    seen += more.seen();
    created += more.created();
    updated += more.updated();
    unchanged += more.unchanged();
    left += more.left();
    failed += more.failed();
  }

  /** It waits for the identity provider before its next step. */
  void waits(Message reason, Instant until) {
    waitingReason = reason;
    waitingUntil = until;
  }

  /** It does its next step. */
  void works() {
    waitingReason = null;
    waitingUntil = null;
  }

  void addNote(Message more) {
    note = note == null ? more : Message.of(ImportMessage.NOTES, note, more);
  }

  void finish(Instant now) {
    end(State.DONE, now);
    cursor = null;
  }

  /** Ends it with its position kept, see {@link #goOn}. */
  void fail(Message message, Instant now) {
    end(State.FAILED, now);
    error = message;
  }

  void cancel(Instant now) {
    end(State.CANCELLED, now);
    cursor = null;
  }

  private void end(State last, Instant now) {
    works();
    state = last;
    endedAt = now;
    activeIntegrationId = null;
  }

  public long id() {
    return id;
  }

  public long integrationId() {
    return integrationId;
  }

  public Scope scope() {
    return scope;
  }

  public Mode mode() {
    return mode;
  }

  boolean manyMayLeave() {
    return manyMayLeave;
  }

  public State state() {
    return state;
  }

  public Phase phase() {
    return phase;
  }

  /** Why it waits for the identity provider, and until when; empty while it works. */
  public Optional<ImportProgress.Waiting> waiting() {
    return waitingReason == null || waitingUntil == null
        ? Optional.empty()
        : Optional.of(new ImportProgress.Waiting(waitingReason, waitingUntil));
  }

  public Actor requestedBy() {
    return new Actor(requestedByKind, requestedById, requestedByName);
  }

  public Instant queuedAt() {
    return queuedAt;
  }

  public Optional<Instant> startedAt() {
    return Optional.ofNullable(startedAt);
  }

  public Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  public ImportCounts counts() {
    return new ImportCounts(seen, created, updated, unchanged, left, failed);
  }

  /** What was worth telling although it did not end the import. */
  public Optional<Message> note() {
    return Optional.ofNullable(note);
  }

  /** Why it failed and what to do. */
  public Optional<Message> error() {
    return Optional.ofNullable(error);
  }

  Optional<String> cursor() {
    return Optional.ofNullable(cursor);
  }

  /** The group that is being imported, by its identifier at the identity provider. */
  Optional<String> currentGroup() {
    return phase == Phase.GROUPS ? Optional.of(groups.get(groupIndex)) : Optional.empty();
  }
}
