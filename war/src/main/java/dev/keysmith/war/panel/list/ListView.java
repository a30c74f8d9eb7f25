package dev.keysmith.war.panel.list;

import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list as it is shown, with the addresses that its links lead to.
 *
 * @param <T> what a row shows
 */
public final class ListView<T> {

  private final ListQuery query;
  private final Slice<T> slice;
  private final @Nullable ProblemException problem;

  private ListView(ListQuery query, Slice<T> slice, @Nullable ProblemException problem) {
    this.query = query;
    this.slice = slice;
    this.problem = problem;
  }

  /**
   * Loads the page that is asked for; beyond the end, the last one. What makes no sense in the
   * address is a problem that the list tells of.
   */
  public static <T> ListView<T> load(ListQuery query, Function<PageRequest, Slice<T>> source) {
    try {
      Slice<T> slice = source.apply(query.request());
      if (slice.items().isEmpty() && slice.total() > 0) {
        ListQuery last = query.at(pages(slice.total()));
        return new ListView<>(last, source.apply(last.request()), null);
      }
      return new ListView<>(query, slice, null);
    } catch (ProblemException e) {
      if (e.kind() != ProblemException.Kind.INVALID) {
        throw e;
      }
      return new ListView<>(query, new Slice<>(List.of(), 0, false, 0, ListQuery.ROWS), e);
    }
  }

  private static int pages(long total) {
    return (int) Math.max(1, (total + ListQuery.ROWS - 1) / ListQuery.ROWS);
  }

  /** The rows. */
  public List<T> getItems() {
    return slice.items();
  }

  /** How many rows all pages have. */
  public long getTotal() {
    return slice.total();
  }

  /** Whether there are more rows than {@link #getTotal} says. */
  public boolean isMore() {
    return slice.more();
  }

  /** The number of the first row shown. */
  public long getFrom() {
    return slice.offset() + 1L;
  }

  /** The number of the last row shown. */
  public long getTo() {
    return slice.offset() + (long) slice.items().size();
  }

  /** Whether nothing is shown. */
  public boolean isEmpty() {
    return slice.items().isEmpty();
  }

  /** Whether some rows are left out by filters. */
  public boolean isFiltered() {
    return !query.filters().isEmpty();
  }

  /** What is wrong with the address. */
  public Optional<ProblemException> problem() {
    return Optional.ofNullable(problem);
  }

  /** The page shown. */
  public int getPage() {
    return query.page();
  }

  /** How many pages there are. */
  public int getPages() {
    return pages(slice.total());
  }

  /** The address of the page before; empty on the first. */
  public String getPrevious() {
    return getPage() > 1 ? query.at(getPage() - 1).address() : "";
  }

  /** The address of the page after; empty on the last. */
  public String getNext() {
    return getPage() < getPages() || goesOn() ? query.at(getPage() + 1).address() : "";
  }

  private boolean goesOn() {
    return slice.more() && slice.items().size() == ListQuery.ROWS;
  }

  /** The filters that are set, by name. */
  public Map<String, String> filters() {
    return query.filters();
  }

  /** The value of a filter. */
  public String value(String filter) {
    return query.value(filter);
  }

  /** The address with another value of a filter; an empty one removes it. */
  public String with(String filter, String value) {
    return query.with(filter, value).address();
  }

  /** The address without filters. */
  public String getCleared() {
    return query.withoutFilters().address();
  }

  /** The present address. */
  public String getAddress() {
    return query.address();
  }

  /** The address with this order, or its reverse if the list has it already. */
  public String sorted(String name) {
    return query.sortedBy(query.sort().equals(name) ? "-" + name : name).address();
  }

  /** For {@code aria-sort}. */
  public String order(String name) {
    if (query.sort().equals(name)) {
      return "ascending";
    }
    return query.sort().equals("-" + name) ? "descending" : "none";
  }

  /** The order; empty for the list's own. */
  public String getSort() {
    return query.sort();
  }
}
