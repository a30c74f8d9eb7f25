package dev.keysmith.core.imports;

/**
 * Counts what happens to the users of one page; who was met before in the same import is not seen
 * again.
 */
final class ImportTally {

  private int seen;
  private int created;
  private int updated;
  private int unchanged;
  private int left;

  void created() {
    seen++;
    created++;
  }

  void updated(boolean first) {
    seen += first ? 1 : 0;
    updated++;
  }

  void unchanged(boolean first) {
    seen += first ? 1 : 0;
    unchanged += first ? 1 : 0;
  }

  void left(boolean first) {
    seen += first ? 1 : 0;
    left++;
  }

  ImportCounts counts(int failed) {
    return new ImportCounts(seen, created, updated, unchanged, left, failed);
  }
}
