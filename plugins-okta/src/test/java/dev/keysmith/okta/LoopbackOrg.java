package dev.keysmith.okta;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keysmith.okta.http.Pause;
import dev.keysmith.spi.MovableClock;
import dev.keysmith.spi.idp.IdentityProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An org that answers what a test tells it to, with the wire shapes of Okta's documentation; a call
 * that no test foresaw is answered as Okta answers to what does not exist.
 */
public final class LoopbackOrg implements AutoCloseable {

  static final String TOKEN = "00MARKERsecretTokenThatNobodyMaySee0000001";

  /** What came in. */
  record Received(String call, String query, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  /** What goes out; a status of 0 closes the connection without an answer. */
  public record Reply(int status, String body, Map<String, List<String>> headers) {
    static Reply json(int status, String body) {
      return new Reply(status, body, Map.of("Content-Type", List.of("application/json")));
    }

    public static Reply error(int status, String code, String summary) {
      return json(
          status,
          "{\"errorCode\":\"%s\",\"errorSummary\":\"%s\",\"errorLink\":\"%s\",\"errorId\":\"oae1\",\"errorCauses\":[]}"
              .formatted(code, summary, code));
    }

    static Reply none() {
      return new Reply(0, "", Map.of());
    }

    Reply with(String header, String... values) {
      var more = new ConcurrentHashMap<>(headers);
      more.put(header, List.of(values));
      return new Reply(status, body, more);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();
  private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();
  final MovableClock clock = new MovableClock();

  /** How long each answer takes, by the clock. */
  volatile Duration answerTakes = Duration.ZERO;

  public LoopbackOrg() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String origin() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  Settings settings() {
    return new Settings(clock).text("origin", origin()).secret("api-token", TOKEN);
  }

  public IdentityProvider provider() {
    return provider(settings());
  }

  IdentityProvider provider(Settings settings) {
    Pause pause =
        duration -> {
          pauses.add(duration);
          clock.advance(duration);
        };
    return new OktaProviderFactory(pause).create(settings);
  }

  /** The replies to a call, for instance {@code GET /api/v1/users}; the last one stays. */
  public LoopbackOrg on(String call, Reply... inOrder) {
    replies.put(call, new ArrayDeque<>(List.of(inOrder)));
    return this;
  }

  public LoopbackOrg on(String call, String json) {
    return on(call, Reply.json(200, json));
  }

  /** Has something happen while a call waits for its answer. */
  LoopbackOrg meanwhile(String call, Runnable happens) {
    meanwhile.put(call, happens);
    return this;
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  public List<Received> received(String call) {
    return received().stream().filter(each -> each.call().equals(call)).toList();
  }

  List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    received.add(new Received(call, query, Map.copyOf(exchange.getRequestHeaders()), body));
    meanwhile.getOrDefault(call, () -> {}).run();
    clock.advance(answerTakes);
    Reply reply = next(call + "?" + query, next(call, missing()));
    if (reply.status() == 0) {
      exchange.close();
      return;
    }
    reply.headers().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized Reply next(String call, Reply otherwise) {
    Queue<Reply> queue = replies.get(call);
    if (queue == null || queue.isEmpty()) {
      return otherwise;
    }
    Reply reply = queue.size() == 1 ? queue.peek() : queue.poll();
    return reply == null ? otherwise : reply;
  }

  private static Reply missing() {
    return Reply.error(404, "E0000007", "Not found: Resource not found: ann@example.org (User)");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
