package dev.keysmith.war.rest.directory;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.imports.ImportCounts;
import dev.keysmith.core.imports.ImportPlan;
import dev.keysmith.core.imports.ImportRun;
import dev.keysmith.core.message.Message;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the API tells about an import. */
@Schema(name = "ImportRun")
public record ImportRunView(
    long id,
    long integrationId,
    ImportPlan.Scope scope,
    ImportPlan.Mode mode,
    ImportRun.State state,
    ImportRun.Phase phase,
    ImportCounts counts,
    Actor requestedBy,
    Instant queued,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<Message> note,
    Optional<Message> error,
    boolean canGoOn) {

  static ImportRunView of(ImportRun run, boolean canGoOn) {
    return new ImportRunView(
        run.id(),
        run.integrationId(),
        run.scope(),
        run.mode(),
        run.state(),
        run.phase(),
        run.counts(),
        run.requestedBy(),
        run.queuedAt(),
        run.startedAt(),
        run.endedAt(),
        run.note(),
        run.error(),
        canGoOn);
  }
}
