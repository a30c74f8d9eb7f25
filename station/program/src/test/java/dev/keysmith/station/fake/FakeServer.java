package dev.keysmith.station.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keysmith.station.home.Pairing;
import dev.keysmith.station.home.ServerAddress;
import dev.keysmith.station.home.StationKey;
import dev.keysmith.station.link.Link;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The server's side, which does what a test says and nothing by itself. */
public final class FakeServer implements AutoCloseable {

  public static final long STATION = 51;

  /** A test that waits for longer fails. */
  static final long PATIENCE_SECONDS = 20;

  private final KeyPair keys = StationKey.generate();
  private final BlockingQueue<FakeLink> links = new LinkedBlockingQueue<>();
  private final List<FakeLink> all = new CopyOnWriteArrayList<>();
  private final List<String> pairings = new ArrayList<>();
  private final String scheme;
  private final Undertow undertow;
  private volatile int pairingStatus = 201;
  private volatile String pairingAnswer = "{\"station\":51,\"name\":\"Reception\"}";

  private FakeServer(@Nullable SSLContext tls) {
    Undertow.Builder builder = Undertow.builder().setIoThreads(1).setWorkerThreads(4);
    if (tls == null) {
      builder.addHttpListener(0, "localhost");
    } else {
      builder.addHttpsListener(0, "localhost", tls);
    }
    this.scheme = tls == null ? "http" : "https";
    this.undertow =
        builder
            .setHandler(
                Handlers.path()
                    .addExactPath(
                        "/keysmith" + Link.PATH,
                        Handlers.websocket(
                            (exchange, channel) -> {
                              FakeLink link = new FakeLink(channel, keys.getPublic().getEncoded());
                              all.add(link);
                              links.add(link);
                            }))
                    .addExactPath("/keysmith" + Link.PAIRING_PATH, new BlockingHandler(this::pair)))
            .build();
    undertow.start();
  }

  public static FakeServer start() {
    return new FakeServer(null);
  }

  public static FakeServer start(SSLContext tls) {
    return new FakeServer(tls);
  }

  private void pair(HttpServerExchange exchange) throws IOException {
    synchronized (pairings) {
      pairings.add(new String(exchange.getInputStream().readAllBytes(), UTF_8));
    }
    exchange.setStatusCode(pairingStatus);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseSender().send(pairingAnswer);
  }

  public void answerPairings(int status, String json) {
    pairingStatus = status;
    pairingAnswer = json;
  }

  /** The bodies of the calls so far. */
  public List<String> pairings() {
    synchronized (pairings) {
      return List.copyOf(pairings);
    }
  }

  public ServerAddress address() {
    InetSocketAddress at = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    return ServerAddress.parse("%s://localhost:%d/keysmith".formatted(scheme, at.getPort()));
  }

  /** A station that this server knows. */
  public Pairing pairing() {
    return new Pairing(address(), STATION, "Reception", keys.getPrivate());
  }

  /** The next connection that a station makes. */
  public FakeLink next() throws InterruptedException {
    FakeLink link = links.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (link == null) {
      throw new AssertionError("No station has connected.");
    }
    return link;
  }

  /** Connections that no test has asked for yet. */
  public int waiting() {
    return links.size();
  }

  @Override
  public void close() {
    all.forEach(FakeLink::cut);
    undertow.stop();
  }
}
