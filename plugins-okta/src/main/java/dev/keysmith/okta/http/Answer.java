package dev.keysmith.okta.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an org answered.
 *
 * @param status of HTTP
 * @param headers by name in lower case
 * @param body nothing if it was empty or not JSON
 */
public record Answer(int status, Map<String, List<String>> headers, Json body) {

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  public boolean isJson() {
    return body.isObject() || body.isList();
  }

  boolean saysJson() {
    return all("content-type").stream().anyMatch(type -> type.contains("json"));
  }

  public List<String> all(String header) {
    return headers.getOrDefault(header, List.of());
  }

  Optional<Long> number(String header) {
    return all(header).stream()
        .map(String::strip)
        .filter(value -> value.matches("\\d{1,15}"))
        .map(Long::valueOf)
        .findFirst();
  }

  /** The time at the org, which need not agree with this server's. */
  public Optional<Instant> date() {
    try {
      return all("date").stream()
          .findFirst()
          .map(value -> ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME))
          .map(ZonedDateTime::toInstant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Without headers and body. */
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
