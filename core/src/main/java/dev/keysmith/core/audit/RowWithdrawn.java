package dev.keysmith.core.audit;

import dev.keysmith.core.seal.SealedRow;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fired as a CDI event, in a transaction: an administrator has seen that a row was written past the
 * server, and takes it out of use. The feature that has the row makes it one that grants nothing,
 * and seals it as such.
 */
public final class RowWithdrawn {

  private final Actor by;
  private final String kind;
  private final long id;
  private @Nullable String label;

  RowWithdrawn(Actor by, String kind, long id) {
    this.by = by;
    this.kind = kind;
    this.id = id;
  }

  /** Who does it. */
  public Actor by() {
    return by;
  }

  /** The row, if it is of this kind, there, and was changed outside. */
  public <T extends SealedRow> Optional<T> of(String ofKind, LongFunction<@Nullable T> find) {
    if (!kind.equals(ofKind)) {
      return Optional.empty();
    }
    Optional<T> row = Optional.ofNullable(find.apply(id)).filter(SealedRow::isChangedOutside);
    row.ifPresent(it -> label = it.called());
    return row;
  }

  boolean isDone() {
    return label != null;
  }

  String label() {
    return label == null ? "" : label;
  }
}
