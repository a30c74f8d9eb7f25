package dev.keysmith.okta.http;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Opens the pool of connections to an org. */
public final class Connections {

  /** Okta cuts an org off at 35 to 75 requests at a time, from all its clients together. */
  private static final int MOST = 10;

  private static final Timeout CONNECT = Timeout.ofSeconds(5);
  private static final Timeout RESPONSE = Timeout.ofSeconds(20);
  private static final Pattern PROXY =
      Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");

  private Connections() {}

  /**
   * A pool that follows no redirect, keeps no cookie and repeats nothing.
   *
   * @param proxy as {@code host:port}
   */
  public static CloseableHttpClient open(Optional<String> proxy) {
    HttpClientBuilder builder =
        HttpClients.custom()
            .setConnectionManager(pool())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(CONNECT)
                    .setResponseTimeout(RESPONSE)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching();
    proxy.map(Connections::proxy).ifPresent(builder::setProxy);
    return builder.build();
  }

  private static PoolingHttpClientConnectionManager pool() {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(QuietConnection::connected)
        .setMaxConnPerRoute(MOST)
        .setMaxConnTotal(MOST)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(CONNECT)
                .setSocketTimeout(RESPONSE)
                .setTimeToLive(TimeValue.ofMinutes(1))
                // Each time: a POST on a connection that the org has closed could not be repeated.
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build())
        // Without these the library waits three minutes for a host that does not speak TLS.
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(CONNECT).build())
        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(RESPONSE).build())
        .build();
  }

  private static HttpHost proxy(String text) {
    Matcher parts = PROXY.matcher(text.strip());
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
      throw new PluginException(
          Reason.MISCONFIGURED,
          "The setting \"proxy\" must be host and port, for instance proxy.example.org:3128.");
    }
    return new HttpHost(parts.group(1), Integer.parseInt(parts.group(2)));
  }
}
