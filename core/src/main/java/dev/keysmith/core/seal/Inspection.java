package dev.keysmith.core.seal;

import java.util.ArrayList;
import java.util.List;

/**
 * Fired as a CDI event, in a transaction: each feature looks whether its rows are as the server has
 * written them, and reports those that are not.
 */
public final class Inspection {

  private final List<ChangedRow> changed = new ArrayList<>();

  /**
   * A row that was written past the server. It grants nothing.
   *
   * @param kind of row, for instance {@code operator}
   * @param id of the row
   * @param label what people call it
   */
  public record ChangedRow(String kind, long id, String label) {}

  /** Reports a row. */
  public void report(String kind, long id, String label) {
    changed.add(new ChangedRow(kind, id, label));
  }

  /** What was reported. */
  public List<ChangedRow> changed() {
    return List.copyOf(changed);
  }
}
