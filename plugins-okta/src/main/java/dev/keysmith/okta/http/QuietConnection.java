package dev.keysmith.okta.http;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that writes no log. The library's own logs every header and byte where an
 * administrator has set its loggers to debug, and with them the API token.
 */
final class QuietConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {

  /** The library's own default is no limit. Okta's answers have some thirty short headers. */
  private static final Http1Config BOUNDED =
      Http1Config.custom().setMaxHeaderCount(200).setMaxLineLength(64 * 1024).build();

  private Timeout timeout = Timeout.DISABLED;

  private QuietConnection() {
    super(BOUNDED);
  }

  static ManagedHttpClientConnection connected(@Nullable Socket socket) throws IOException {
    QuietConnection connection = new QuietConnection();
    if (socket != null) {
      connection.bind(socket);
    }
    return connection;
  }

  @Override
  public void bind(Socket socket) throws IOException {
    super.bind(socket);
    timeout = Timeout.ofMilliseconds(socket.getSoTimeout());
  }

  @Override
  public @Nullable Socket getSocket() {
    SocketHolder holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
  }

  @Override
  public @Nullable SSLSession getSSLSession() {
    return getSocket() instanceof SSLSocket socket ? socket.getSession() : null;
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {
    super.setSocketTimeout(timeout);
    this.timeout = timeout;
  }

  @Override
  public void passivate() {
    super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
  }

  @Override
  public void activate() {
    super.setSocketTimeout(timeout);
  }
}
