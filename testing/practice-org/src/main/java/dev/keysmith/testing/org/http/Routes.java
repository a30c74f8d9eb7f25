package dev.keysmith.testing.org.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which endpoint answers which method and path, and which scope it takes to call it. */
public final class Routes {

  /** Answers a call. */
  @FunctionalInterface
  public interface Endpoint extends Function<Call, Answer> {}

  record Found(Endpoint endpoint, Optional<String> scope, Call call) {}

  private record Route(
      String method, List<String> pattern, Optional<String> scope, Endpoint endpoint) {

    Optional<Map<String, String>> match(List<String> segments) {
      if (segments.size() != pattern.size()) {
        return Optional.empty();
      }
      Map<String, String> found = new HashMap<>();
      for (int i = 0; i < pattern.size(); i++) {
        String part = pattern.get(i);
        if (part.startsWith("{")) {
          found.put(part.substring(1, part.length() - 1), segments.get(i));
        } else if (!part.equals(segments.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(found);
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /** An endpoint that takes no token. */
  public Routes open(String method, String path, Endpoint endpoint) {
    routes.add(new Route(method, Call.segments(path), Optional.empty(), endpoint));
    return this;
  }

  /** An endpoint that takes a token with a scope; the first one that matches answers. */
  public Routes guarded(String method, String path, String scope, Endpoint endpoint) {
    routes.add(new Route(method, Call.segments(path), Optional.of(scope), endpoint));
    return this;
  }

  Found find(Call call) {
    boolean hidden = call.segments().stream().anyMatch(segment -> segment.contains("/"));
    if (hidden && call.path().startsWith("/api/")) {
      // As at Okta: an encoded slash is none of a name, so no endpoint fits the method.
      throw OktaError.methodNotSupported();
    }
    boolean pathIsKnown = false;
    for (Route route : routes) {
      Optional<Map<String, String>> match = route.match(call.segments());
      if (match.isPresent() && route.method().equals(call.method())) {
        return new Found(route.endpoint(), route.scope(), call.at(match.get()));
      }
      pathIsKnown |= match.isPresent();
    }
    if (pathIsKnown) {
      throw OktaError.methodNotSupported();
    }
    throw new OktaError(404, "E0000007", "Not found: Resource not found: " + call.path());
  }
}
