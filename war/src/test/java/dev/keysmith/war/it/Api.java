package dev.keysmith.war.it;

import dev.keysmith.war.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A client of the server under test. Immutable. */
public final class Api {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final URI base;
  private final Map<String, String> login;

  private Api(URI base, Map<String, String> login) {
    this.base = base;
    this.login = login;
  }

  /** A caller who sends no token. */
  public static Api anonymous(URI base) {
    return new Api(base, Map.of());
  }

  /** A caller with the first administrator token. */
  public static Api administrator(URI base) {
    return anonymous(base).with(ServerFiles.firstToken());
  }

  /** The same with another token. */
  public Api with(String token) {
    return new Api(base, Map.of("Authorization", "Bearer " + token));
  }

  /** The same with a cookie of a browser, and no token. */
  public Api withCookie(String name, String value) {
    return new Api(base, Map.of("Cookie", name + "=" + value));
  }

  /** The same with a cookie that an answer has set, and no token. */
  public Api withCookieOf(Answer answer) {
    return new Api(base, Map.of("Cookie", answer.header("Set-Cookie").split(";")[0]));
  }

  /** Fetches. */
  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody(), Map.of());
  }

  /** Sends a value as JSON. */
  public Answer post(String path, Object body) {
    return postText(path, Json.MAPPER.writeValueAsString(body));
  }

  /** Sends text that claims to be JSON. */
  public Answer postText(String path, String body) {
    return send(
        "POST", path, BodyPublishers.ofString(body), Map.of("Content-Type", "application/json"));
  }

  /** Sends a value as JSON, to replace what is there. */
  public Answer put(String path, Object body) {
    return send(
        "PUT",
        path,
        BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body)),
        Map.of("Content-Type", "application/json"));
  }

  /** Removes. */
  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody(), Map.of());
  }

  /** Follows server-sent events; gives the first state that is wanted, and fails if none is. */
  public JsonNode follow(String path, Predicate<JsonNode> wanted) {
    try (Stream<String> lines = lines(path)) {
      return Waiting.first(lines, wanted);
    }
  }

  /** Follows server-sent events to their end. */
  public EventStream open(String path) {
    return new EventStream(lines(path));
  }

  private Stream<String> lines(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Accept", "text/event-stream");
    login.forEach(request::setHeader);
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofLines()).body();
    } catch (IOException e) {
      throw new AssertionError("Following " + path + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Following " + path + " was interrupted", e);
    }
  }

  /** Sends anything. */
  public Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    headers.forEach(request::setHeader);
    login.forEach(request::setHeader);
    try {
      return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + path + " was interrupted", e);
    }
  }

  /** What came back. */
  public record Answer(HttpResponse<String> http) {

    /** The HTTP status. */
    public int status() {
      return http.statusCode();
    }

    /** A header, or the empty string. */
    public String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    /** The body as JSON. */
    public JsonNode json() {
      return Json.MAPPER.readTree(http.body());
    }

    /** The code of the problem in the body; fails if there is none. */
    public String problem() {
      if (!header("Content-Type").startsWith("application/problem+json")) {
        throw new AssertionError("No problem but " + status() + ": " + http.body());
      }
      return json().required("code").asString();
    }
  }
}
