package dev.keysmith.core.page;

import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The filters that most lists need. */
public final class Filters {

  private Filters() {}

  /**
   * The attribute equals the value.
   *
   * @param read from the text of the request, for instance {@code Status::valueOf}
   */
  public static <T> Filter<T> equal(String attribute, Function<String, ?> read) {
    return (scope, value) ->
        scope.builder().equal(path(scope.root(), attribute), read.apply(value));
  }

  /** The attribute equals the text. */
  public static <T> Filter<T> equal(String attribute) {
    return equal(attribute, Function.identity());
  }

  /** One of the attributes begins with the text, upper and lower case being the same. */
  public static <T> Filter<T> startsWith(String... attributes) {
    return like("", attributes);
  }

  /** One of the attributes contains the text, upper and lower case being the same. */
  public static <T> Filter<T> contains(String... attributes) {
    return like("%", attributes);
  }

  /** The attribute is this instant or later. */
  public static <T> Filter<T> from(String attribute) {
    return (scope, value) ->
        scope
            .builder()
            .greaterThanOrEqualTo(path(scope.root(), attribute).as(Instant.class), instant(value));
  }

  /** The attribute is before this instant. */
  public static <T> Filter<T> to(String attribute) {
    return (scope, value) ->
        scope.builder().lessThan(path(scope.root(), attribute).as(Instant.class), instant(value));
  }

  /** The attribute, which is kept in lower case, begins with the text. */
  public static <T> Filter<T> lowerStartsWith(String attribute) {
    return (scope, value) -> matches(scope, attribute, pattern("", value));
  }

  /**
   * The attribute, which is kept in lower case, contains the text. Saves the database to convert
   * each row, which takes longer than the search.
   */
  public static <T> Filter<T> lowerContains(String attribute) {
    return (scope, value) -> matches(scope, attribute, pattern("%", value));
  }

  private static Predicate matches(Filter.Scope<?> scope, String attribute, String pattern) {
    return scope.builder().like(scope.root().get(attribute).as(String.class), pattern, '!');
  }

  private static <T> Filter<T> like(String before, String... attributes) {
    return (scope, value) -> {
      String pattern = pattern(before, value);
      return scope
          .builder()
          .or(
              Stream.of(attributes)
                  .map(attribute -> path(scope.root(), attribute).as(String.class))
                  .map(text -> scope.builder().like(scope.builder().lower(text), pattern, '!'))
                  .toArray(Predicate[]::new));
    };
  }

  private static String pattern(String before, String value) {
    return before + escaped(value.strip().toLowerCase(Locale.ROOT)) + "%";
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private static Instant instant(String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Follows a dotted path such as {@code owner.login}. */
  static Path<?> path(Root<?> root, String attribute) {
    Path<?> path = root;
    for (String step : attribute.split("\\.")) {
      path = path.get(step);
    }
    return path;
  }
}
