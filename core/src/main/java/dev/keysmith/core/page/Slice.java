package dev.keysmith.core.page;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items of this part
 * @param total how many there are in all that pass the filters
 * @param more whether there are more than that: lists that grow for ever are counted to a limit
 * @param offset how many were left out at the beginning
 * @param limit how many were wanted at most
 * @param <T> what the list is of
 */
public record Slice<T>(List<T> items, long total, boolean more, int offset, int limit) {

  /** Copies the list. */
  public Slice {
    items = List.copyOf(items);
  }

  /** The same part, each item seen through a function. */
  public <R> Slice<R> map(Function<? super T, ? extends R> view) {
    return new Slice<>(items.stream().<R>map(view).toList(), total, more, offset, limit);
  }
}
