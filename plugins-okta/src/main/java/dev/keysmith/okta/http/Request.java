package dev.keysmith.okta.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to an org.
 *
 * @param intent what it is for, as it continues "Could not ..." in an error message
 * @param method of HTTP
 * @param path with its leading slash and percent-encoded
 * @param query names and values, not encoded
 * @param headers beyond those that every request has
 * @param body turned into JSON; null for none
 */
public record Request(
    String intent,
    Method method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    @Nullable Object body) {

  /** The methods of HTTP in use. */
  enum Method {
    GET,
    POST,
    DELETE
  }

  /** Copies the maps. */
  public Request {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  public static Request get(String intent, String path) {
    return new Request(intent, Method.GET, path, Map.of(), Map.of(), null);
  }

  public static Request post(String intent, String path, Object body) {
    return new Request(intent, Method.POST, path, Map.of(), Map.of(), body);
  }

  public static Request delete(String intent, String path) {
    return new Request(intent, Method.DELETE, path, Map.of(), Map.of(), null);
  }

  public Request where(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(query);
    more.put(name, value.toString());
    return new Request(intent, method, path, more, headers, body);
  }

  public Request header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(intent, method, path, query, more, body);
  }

  /** Whether sending it twice has the effect of sending it once. */
  boolean repeatable() {
    return method != Method.POST;
  }

  /** Requests of the same bucket share a rate limit: the path without what it names. */
  String bucket() {
    String bare = path.replaceFirst("\\?.*", "");
    return method + " " + bare.replaceAll("/(users|groups|factors)/[^/]+", "/$1/*");
  }

  /** Without query and body, which may hold personal data. */
  @Override
  public String toString() {
    return bucket();
  }
}
