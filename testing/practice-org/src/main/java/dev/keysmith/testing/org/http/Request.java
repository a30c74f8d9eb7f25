package dev.keysmith.testing.org.http;

import java.time.Instant;
import java.util.Optional;

/**
 * A request as the journal keeps it: never its body or headers, which hold secrets.
 *
 * @param time when it came
 * @param method of HTTP
 * @param path and query
 * @param status that was answered; 0 if none was
 * @param fault that it met
 */
public record Request(
    Instant time, String method, String path, int status, Optional<Fault.Kind> fault) {

  /** Whether method and path (patterns as of {@link Fault}) fit, the query left aside. */
  public boolean matches(String methodPattern, String pathPattern) {
    return Fault.matches(methodPattern, pathPattern, method, path.split("\\?", 2)[0]);
  }
}
