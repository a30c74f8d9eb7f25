package dev.keysmith.testing.org.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Listens on loopback and takes each request the same way: journal, faults, limits, access,
 * endpoint.
 */
public final class OrgServer implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(OrgServer.class.getName());

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(OrgServer::daemon);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Routes routes = new Routes();
  private final Faults faults = new Faults();
  private final Journal journal = new Journal();
  private final Access access;
  private final RateLimits limits;
  private final Clock clock;
  private volatile Runnable changed = () -> {};

  /** Binds the port, 0 for any free one; answers nothing before {@link #start}. */
  public OrgServer(int port, int requestsPerMinute, Access access, Clock clock) {
    this.access = access;
    this.clock = clock;
    this.limits = new RateLimits(requestsPerMinute, clock);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The practice org could not listen on port " + port + "; is it in use?", e);
    }
    server.setExecutor(threads);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "practice-org");
    thread.setDaemon(true);
    return thread;
  }

  /** Where endpoints are added. */
  public Routes routes() {
    return routes;
  }

  /** What will go wrong. */
  public Faults faults() {
    return faults;
  }

  /** What has been asked. */
  public Journal journal() {
    return journal;
  }

  /** Is told after every request that may have changed something, before it is answered. */
  public void onChange(Runnable listener) {
    changed = listener;
  }

  /** Answers a path by itself, for answers that never end. */
  public void stream(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  /** Begins to answer. */
  public void start() {
    server.createContext("/", this::handle);
    server.start();
  }

  /** The base of every address here. */
  public String origin() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Waits, or returns false at once when the server closes. */
  public boolean pause(Duration time) {
    try {
      return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    // First, so that a dropped client that tries again at once finds no server.
    server.stop(0);
    closed.countDown();
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    // Closing an exchange that has no answer yet drops the connection: the answer is lost.
    try (exchange) {
      Optional<Answer> answer = answer(exchange);
      if (answer.isPresent()) {
        send(exchange, answer.get());
      }
    }
  }

  private Optional<Answer> answer(HttpExchange exchange) throws IOException {
    Instant time = clock.instant();
    try {
      Call call = Call.read(exchange);
      return isPractice(call) ? Optional.of(practice(call)) : okta(call, time);
    } catch (OktaError e) {
      return Optional.of(error(e));
    }
  }

  private Optional<Answer> okta(Call call, Instant time) {
    Optional<Fault> fault = faults.take(call);
    Optional<Answer> answer = fault.map(f -> faulty(call, f)).orElseGet(() -> sound(call));
    journal.add(
        new Request(
            time,
            call.method(),
            call.target(),
            answer.map(Answer::status).orElse(0),
            fault.map(Fault::kind)));
    return answer;
  }

  private Optional<Answer> faulty(Call call, Fault fault) {
    return switch (fault.kind()) {
      case SLOW -> pause(fault.delay()) ? sound(call) : Optional.empty();
      case RATE_LIMITED -> Optional.of(rateLimited(fault.delay()));
      case SERVER_ERROR ->
          Optional.of(error(new OktaError(fault.status(), "E0000009", "Internal Server Error")));
      case LOST_REQUEST -> Optional.empty();
      case LOST_ANSWER -> {
        sound(call);
        yield Optional.empty();
      }
      case EXPIRED_CHALLENGE -> Optional.of(error(OktaError.invalidPasscode()));
      case MALFORMED_JSON -> sound(call).map(Distortion::broken);
      case HTML ->
          Optional.of(Answer.html(fault.status(), "<html><body>Please log in</body></html>"));
      case REFUSED ->
          Optional.of(error(new OktaError(fault.status(), fault.detail(), "Refused on demand.")));
      case NULLS -> sound(call).map(answer -> Distortion.nulls(answer, fault.detail()));
      case OBJECT -> sound(call).map(Distortion::object);
      case ODD_LINKS -> sound(call).map(Distortion::oddLinks);
      case CIRCLE -> sound(call).map(answer -> Distortion.circle(answer, call));
    };
  }

  private Answer rateLimited(Duration delay) {
    long reset = clock.instant().plus(delay).getEpochSecond();
    return limits.exhausted(reset).on(error(OktaError.rateLimited()));
  }

  private Optional<Answer> sound(Call call) {
    RateLimits.State state = limits.count(call);
    Answer answer =
        state.exceeded() ? error(OktaError.rateLimited()) : endpoint(call, Optional.of(access));
    return Optional.of(state.on(answer));
  }

  private Answer endpoint(Call call, Optional<Access> guard) {
    try {
      Routes.Found found = routes.find(call);
      found.scope().ifPresent(scope -> guard.ifPresent(g -> g.check(call, scope)));
      Answer answer = found.endpoint().apply(found.call());
      if (!call.method().equals("GET")) {
        changed.run();
      }
      return answer;
    } catch (OktaError e) {
      return error(e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The practice org failed at " + call.path(), e);
      return error(new OktaError(500, "E0000009", "Internal Server Error"));
    }
  }

  private static boolean isPractice(Call call) {
    return call.segments().isEmpty() || call.segments().get(0).equals("practice");
  }

  /**
   * Takes no token, so it answers only who is not sent here by a foreign web page: the name of the
   * host must be ours (DNS rebinding), and a body must be JSON (needs leave across origins).
   */
  private Answer practice(Call call) {
    int port = server.getAddress().getPort();
    Set<String> hosts = Set.of("localhost:" + port, "127.0.0.1:" + port);
    boolean json = call.header("content-type").orElse("").startsWith("application/json");
    if (!hosts.contains(call.header("host").orElse(""))) {
      return error(new OktaError(403, "E0000006", "Open the practice org at " + origin() + "."));
    }
    if (call.method().equals("POST") && !json) {
      return error(new OktaError(415, "E0000022", "Send Content-Type: application/json."));
    }
    return endpoint(call, Optional.empty());
  }

  private static Answer error(OktaError error) {
    return Answer.error(error, "oae" + Long.toString(System.nanoTime() & Long.MAX_VALUE, 36));
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("X-Okta-Request-Id", "practice");
    if (!answer.contentType().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    }
    for (Map.Entry<String, String> header : answer.headers()) {
      exchange.getResponseHeaders().add(header.getKey(), header.getValue());
    }
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    if (answer.body().length > 0) {
      exchange.getResponseBody().write(answer.body());
    }
  }
}
