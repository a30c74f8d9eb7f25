package dev.keysmith.core.imports;

import dev.keysmith.core.imports.ImportRun.Phase;
import dev.keysmith.spi.idp.UserQuery;
import java.util.Optional;

/**
 * Where an import stands, which decides its next step.
 *
 * @param groupId the group being imported, in {@link Phase#GROUPS}
 * @param cursor of the page to fetch; empty for the first one
 * @param counts what was done until here
 */
record ImportPosition(
    long importId,
    long integrationId,
    Phase phase,
    Optional<String> groupId,
    Optional<String> cursor,
    ImportCounts counts) {

  static ImportPosition of(ImportRun run) {
    return new ImportPosition(
        run.id(), run.integrationId(), run.phase(), run.currentGroup(), run.cursor(), run.counts());
  }

  /** Whether the identity provider has answered before. */
  boolean isUnderWay() {
    return cursor.isPresent() || counts.seen() > 0;
  }

  UserQuery query() {
    return groupId
        .<UserQuery>map(UserQuery.MembersOf::new)
        .orElseGet(UserQuery.WholeDirectory::new);
  }
}
