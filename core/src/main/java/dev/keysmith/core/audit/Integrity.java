package dev.keysmith.core.audit;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.platform.AfterCommit;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.seal.Inspection;
import dev.keysmith.core.seal.Inspection.ChangedRow;
import dev.keysmith.core.seal.SealMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which rows were written past the server. Each is told once: in the log and the audit log. */
@ApplicationScoped
public class Integrity {

  private static final Logger LOG = System.getLogger(Integrity.class.getName());
  private static final Duration FRESH = Duration.ofMinutes(1);

  @Inject Event<Inspection> inspections;
  @Inject Event<RowWithdrawn> rows;
  @Inject Audit audit;
  @Inject AfterCommit afterCommit;
  @Inject Clock clock;

  private final Set<ChangedRow> told = new HashSet<>();

  private volatile @Nullable Seen seen;

  private record Seen(List<ChangedRow> changed, Instant at) {}

  /** What was found within the last minute, or else is found now. */
  @Transactional
  public List<ChangedRow> recent() {
    Seen last = seen;
    return last != null && clock.instant().isBefore(last.at().plus(FRESH))
        ? last.changed()
        : look();
  }

  /** Looks now. */
  @Transactional
  public List<ChangedRow> look() {
    Inspection inspection = new Inspection();
    inspections.fire(inspection);
    for (ChangedRow row : inspection.changed()) {
      if (isNew(row)) {
        afterCommit.otherwise(() -> forget(row));
        tell(row);
      }
    }
    seen = new Seen(inspection.changed(), clock.instant());
    return inspection.changed();
  }

  /**
   * Takes a row out of use that was written past the server: it grants nothing for good, what hangs
   * on it is withdrawn, and its alarm ends.
   *
   * @param kind of row, and its id, as {@link #look} has them
   * @throws ProblemException {@code NOT_FOUND} if there is no such row that was changed outside;
   *     {@code CONFLICT} for an integration, of which the settings and secrets are entered again
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public void withdraw(Actor by, String kind, long id) {
    if (kind.equals("integration")) {
      throw ProblemException.conflict(SealMessage.INTEGRATION);
    }
    RowWithdrawn withdrawn = new RowWithdrawn(by, kind, id);
    rows.fire(withdrawn);
    if (!withdrawn.isDone()) {
      throw ProblemException.notFound(SealMessage.NOT_CHANGED);
    }
    audit.record(by, "row.withdrawn", Subject.of(kind, id, withdrawn.label()), Map.of());
    seen = null;
    forget(kind, id);
  }

  /** If it is changed once more, it is told once more. */
  private synchronized void forget(String kind, long id) {
    told.removeIf(row -> row.kind().equals(kind) && row.id() == id);
  }

  private synchronized boolean isNew(ChangedRow row) {
    return told.add(row);
  }

  /** What was written of it in the audit log is not there. */
  private synchronized void forget(ChangedRow row) {
    told.remove(row);
  }

  private void tell(ChangedRow row) {
    LOG.log(
        Level.ERROR,
        "The {0} {1} ({2}) was changed outside Keysmith. It grants nothing until an administrator"
            + " has set it up anew.",
        row.kind(),
        row.id(),
        row.label());
    audit.record(
        Actor.system(),
        "row.changed-outside",
        Subject.of(row.kind(), row.id(), row.label()),
        Map.of());
  }
}
