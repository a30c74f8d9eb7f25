package dev.keysmith.core.imports;

/**
 * What an import has done so far, in users.
 *
 * @param seen met at the identity provider, each counted once
 * @param created stored for the first time
 * @param updated stored again because something had changed
 * @param unchanged left as they were
 * @param left marked as having left
 * @param failed not stored, because what the identity provider says about them breaks its contract
 */
public record ImportCounts(
    int seen, int created, int updated, int unchanged, int left, int failed) {

  /** Nothing done. */
  public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0, 0);

  ImportCounts plus(ImportCounts more) {
    return new ImportCounts(
        seen + more.seen,
        created + more.created,
        updated + more.updated,
        unchanged + more.unchanged,
        left + more.left,
        failed + more.failed);
  }

  ImportCounts plusLeft(int more) {
    return new ImportCounts(seen, created, updated, unchanged, left + more, failed);
  }
}
