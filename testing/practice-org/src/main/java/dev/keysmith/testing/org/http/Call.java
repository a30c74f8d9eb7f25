package dev.keysmith.testing.org.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request, read in full.
 *
 * @param method of HTTP
 * @param segments of the path, decoded
 * @param target path and query as they came
 * @param query the parameters, decoded; of a repeated one the first
 * @param headers one value each, names in lower case
 * @param body may be empty
 * @param parameters what stands at the places that the route leaves open
 */
public record Call(
    String method,
    List<String> segments,
    String target,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    Map<String, String> parameters) {

  private static final int MAX_BODY = 1 << 20;

  static Call read(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    Map<String, String> headers =
        exchange.getRequestHeaders().entrySet().stream()
            .collect(
                Collectors.toMap(
                    e -> e.getKey().toLowerCase(java.util.Locale.ROOT), e -> e.getValue().get(0)));
    return new Call(
        exchange.getRequestMethod(),
        segments(path),
        query.isEmpty() ? path : path + "?" + query,
        form(query),
        headers,
        exchange.getRequestBody().readNBytes(MAX_BODY),
        Map.of());
  }

  /** Reads {@code application/x-www-form-urlencoded}. */
  public static Map<String, String> form(String text) {
    return Arrays.stream(text.split("&"))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> decode(pair[0]),
                pair -> pair.length > 1 ? decode(pair[1]) : "",
                (first, second) -> first));
  }

  static List<String> segments(String rawPath) {
    return Arrays.stream(rawPath.split("/"))
        .filter(segment -> !segment.isEmpty())
        // A plus sign is itself in a path and a space in a query only.
        .map(segment -> decode(segment.replace("+", "%2B")))
        .toList();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new OktaError(400, "E0000031", "Invalid escape in the address");
    }
  }

  Call at(Map<String, String> found) {
    return new Call(method, segments, target, query, headers, body, found);
  }

  /** The path without the query. */
  public String path() {
    return target.split("\\?", 2)[0];
  }

  /** What stands at an open place of the route. */
  public String parameter(String name) {
    return java.util.Objects.requireNonNull(parameters.get(name), name);
  }

  /** A query parameter that is there and not blank. */
  public Optional<String> queried(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
  }

  /** A query parameter that is a number within bounds. */
  public int number(String name, int byDefault, int max) {
    try {
      int number = queried(name).map(Integer::parseInt).orElse(byDefault);
      if (number >= 0) {
        return Math.min(number, max);
      }
    } catch (NumberFormatException e) {
      // Answered below as a negative number is.
    }
    throw OktaError.invalid(name, "'" + name + "' must be a number of 0 or more.");
  }

  /** A header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The body as a JSON object. */
  public JsonNode json() {
    return Json.read(body);
  }
}
