package dev.keysmith.war.panel.list;

import dev.keysmith.core.page.PageRequest;
import dev.keysmith.war.body.FormFields;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an address asks of a list: filters, order, page. All of it is in the address, so that a list
 * can be bookmarked, passed on and gone back to as it was.
 */
public final class ListQuery {

  /** How many rows a page has. */
  public static final int ROWS = 50;

  private static final String SORT = "sort";
  private static final String PAGE = "page";
  private static final int LAST_PAGE = 1_000_000;

  private final String path;
  private final List<String> filters;
  private final String kept;
  private final Map<String, String> values;

  private ListQuery(String path, List<String> filters, String kept, Map<String, String> values) {
    this.path = path;
    this.filters = filters;
    this.kept = kept;
    this.values = values;
  }

  /**
   * Reads a request.
   *
   * @param path of the page
   * @param kept parameters that belong to the page and not to the list
   * @param filters of the list
   */
  public static ListQuery of(
      HttpServletRequest request, String path, List<String> kept, List<String> filters) {
    FormFields fields = FormFields.of(request);
    Map<String, String> values = new LinkedHashMap<>();
    take(fields, filters, values);
    take(fields, List.of(SORT, PAGE), values);
    String same =
        kept.stream()
            .flatMap(name -> fields.values(name).stream().map(value -> parameter(name, value)))
            .collect(Collectors.joining("&"));
    return new ListQuery(path, filters, same, values);
  }

  private static void take(FormFields fields, List<String> names, Map<String, String> values) {
    for (String name : names) {
      fields
          .value(name)
          .filter(value -> !value.isBlank())
          .ifPresent(value -> values.put(name, value.strip()));
    }
  }

  /** The value of a filter; empty if it is not set. */
  public String value(String name) {
    return values.getOrDefault(name, "");
  }

  /** The filters that are set. */
  public Map<String, String> filters() {
    Map<String, String> set = new HashMap<>(values);
    set.keySet().retainAll(filters);
    return set;
  }

  /** The page, 1 for the first; nonsense is the first. */
  public int page() {
    String page = value(PAGE);
    return page.matches("[1-9]\\d{0,5}") ? Math.min(Integer.parseInt(page), LAST_PAGE) : 1;
  }

  PageRequest request() {
    return new PageRequest((page() - 1) * ROWS, ROWS, value(SORT), filters());
  }

  /** The address of another page of the same list. */
  ListQuery at(int page) {
    Map<String, String> other = new LinkedHashMap<>(values);
    other.remove(PAGE);
    if (page > 1) {
      other.put(PAGE, Integer.toString(page));
    }
    return new ListQuery(path, filters, kept, other);
  }

  /** The same with another filter or order, from its first page on; an empty value removes it. */
  ListQuery with(String name, String value) {
    Map<String, String> other = new LinkedHashMap<>(values);
    other.remove(PAGE);
    other.remove(name);
    if (!value.isEmpty()) {
      other.put(name, value);
    }
    return new ListQuery(path, filters, kept, other);
  }

  ListQuery withoutFilters() {
    Map<String, String> other = new LinkedHashMap<>(values);
    other.remove(PAGE);
    other.keySet().removeAll(filters);
    return new ListQuery(path, filters, kept, other);
  }

  /** The address, relative to the server. */
  public String address() {
    String all =
        Stream.concat(
                Stream.of(kept).filter(text -> !text.isEmpty()),
                values.entrySet().stream().map(each -> parameter(each.getKey(), each.getValue())))
            .collect(Collectors.joining("&"));
    return all.isEmpty() ? path : path + "?" + all;
  }

  private static String parameter(String name, String value) {
    return encoded(name) + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  String sort() {
    return value(SORT);
  }

  ListQuery sortedBy(String name) {
    return with(SORT, name);
  }
}
