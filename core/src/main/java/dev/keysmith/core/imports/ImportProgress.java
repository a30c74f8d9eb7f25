package dev.keysmith.core.imports;

import dev.keysmith.core.imports.ImportRun.Phase;
import dev.keysmith.core.imports.ImportRun.State;
import dev.keysmith.core.message.Message;
import java.time.Instant;
import java.util.Optional;

/**
 * How far an import is at this moment.
 *
 * @param waiting present while it waits for the identity provider
 */
public record ImportProgress(
    long importId, State state, Phase phase, ImportCounts counts, Optional<Waiting> waiting) {

  /**
   * A wait in the middle of an import.
   *
   * @param reason what the identity provider said
   * @param until when it is asked again
   */
  public record Waiting(Message reason, Instant until) {}

  static ImportProgress of(ImportRun run) {
    return new ImportProgress(run.id(), run.state(), run.phase(), run.counts(), run.waiting());
  }
}
