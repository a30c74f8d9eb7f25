package dev.keysmith.testing.org.directory;

import dev.keysmith.testing.org.http.OktaError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Okta's filter and search expressions: comparisons joined by {@code and}, {@code or}, brackets.
 */
public final class Expression {

  /** Looks a property of something up. */
  @FunctionalInterface
  public interface Properties extends Function<String, Optional<String>> {}

  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:([()])|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s()\"]+))");

  private final List<String> tokens = new ArrayList<>();
  private final String parameter;
  private int next;

  private Expression(String parameter, String text) {
    this.parameter = parameter;
    Matcher matcher = TOKEN.matcher(text.strip());
    int end = 0;
    while (matcher.lookingAt()) {
      tokens.add(matcher.group().strip());
      end = matcher.end();
      matcher.region(end, text.strip().length());
    }
    if (end != text.strip().length()) {
      throw wrong();
    }
  }

  /** Reads an expression that came as a query parameter. */
  public static Predicate<Properties> parse(String parameter, String text) {
    Expression expression = new Expression(parameter, text);
    Predicate<Properties> all = expression.either();
    if (expression.next != expression.tokens.size()) {
      throw expression.wrong();
    }
    return all;
  }

  private Predicate<Properties> either() {
    Predicate<Properties> first = both();
    while (skip("or")) {
      first = first.or(both());
    }
    return first;
  }

  private Predicate<Properties> both() {
    Predicate<Properties> first = one();
    while (skip("and")) {
      first = first.and(one());
    }
    return first;
  }

  private Predicate<Properties> one() {
    if (skip("(")) {
      Predicate<Properties> inner = either();
      if (!skip(")")) {
        throw wrong();
      }
      return inner;
    }
    return comparison(take(), take().toLowerCase(Locale.ROOT));
  }

  private Predicate<Properties> comparison(String property, String operator) {
    if (operator.equals("pr")) {
      return properties -> properties.apply(property).isPresent();
    }
    String quoted = take();
    if (!quoted.startsWith("\"")) {
      throw wrong();
    }
    String value = quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1");
    Predicate<String> holds = holds(operator, value.toLowerCase(Locale.ROOT));
    return properties ->
        properties.apply(property).map(v -> v.toLowerCase(Locale.ROOT)).filter(holds).isPresent();
  }

  /** Times compare as text, for all are written alike. */
  private Predicate<String> holds(String operator, String value) {
    return switch (operator) {
      case "eq" -> value::equals;
      case "sw" -> actual -> actual.startsWith(value);
      case "co" -> actual -> actual.contains(value);
      case "gt" -> actual -> actual.compareTo(value) > 0;
      case "ge" -> actual -> actual.compareTo(value) >= 0;
      case "lt" -> actual -> actual.compareTo(value) < 0;
      case "le" -> actual -> actual.compareTo(value) <= 0;
      default -> throw wrong();
    };
  }

  private boolean skip(String token) {
    boolean there = next < tokens.size() && tokens.get(next).equalsIgnoreCase(token);
    next += there ? 1 : 0;
    return there;
  }

  private String take() {
    if (next == tokens.size()) {
      throw wrong();
    }
    return tokens.get(next++);
  }

  private OktaError wrong() {
    return new OktaError(
        400,
        "E0000031",
        "Invalid search criteria.",
        "The expression of '" + parameter + "' could not be read at part " + next + ".");
  }
}
