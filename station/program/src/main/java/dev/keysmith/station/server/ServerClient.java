package dev.keysmith.station.server;

import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.ServerAddress;
import dev.keysmith.station.home.Settings;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Makes connections as this station's settings say: proxy, private CA, pin. */
public final class ServerClient {

  /** The time within which a server answers, over a slow line too. */
  public static final Duration TIME = Duration.ofSeconds(15);

  private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  static {
    // Otherwise the JDK offers no password to a proxy by the scheme that all of them know. It reads
    // this once, with the first client.
    if (System.getProperty(DISABLED_SCHEMES) == null) {
      System.setProperty(DISABLED_SCHEMES, "");
    }
  }

  private final HttpClient client;

  /**
   * As the settings say.
   *
   * @throws dev.keysmith.station.home.ConfigurationException if they are wrong
   */
  public ServerClient(Home home, Settings settings) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIME)
            .followRedirects(HttpClient.Redirect.NEVER);
    Trust.of(home, settings).ifPresent(builder::sslContext);
    Proxy.of(home, settings).ifPresent(proxy -> proxy.use(builder));
    this.client = builder.build();
  }

  /** For calls. */
  public HttpClient http() {
    return client;
  }

  /** Opens a WebSocket to the server. */
  public CompletableFuture<WebSocket> connect(ServerAddress server, WebSocket.Listener listener) {
    return client.newWebSocketBuilder().connectTimeout(TIME).buildAsync(server.link(), listener);
  }
}
