package dev.keysmith.station.home;

import dev.keysmith.station.link.Link;
import dev.keysmith.station.link.Proofs;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The server's address, as configured: {@code https}, or {@code http} on this machine. */
public final class ServerAddress {

  private final URI address;

  private ServerAddress(URI address) {
    this.address = address;
  }

  /** Checks an address, for instance {@code https://keys.example.com}. */
  public static ServerAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text.strip().replaceAll("/+$", ""));
    } catch (URISyntaxException e) {
      throw wrong(text);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean plain = scheme.equals("http");
    if (uri.getHost() == null || !(plain || scheme.equals("https"))) {
      throw wrong(text);
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getFragment() != null) {
      throw wrong(text);
    }
    if (plain && !isLoopback(uri.getHost())) {
      throw new ConfigurationException(
          "The server's address begins with http:. Use https:, so that the server can be trusted.");
    }
    return new ServerAddress(URI.create(scheme + uri.toString().substring(scheme.length())));
  }

  private static ConfigurationException wrong(String text) {
    return new ConfigurationException(
        "\"%s\" is no address of a server. Write one such as https://keys.example.com."
            .formatted(text));
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]");
  }

  /** Whether it is reached by TLS. */
  public boolean isSecure() {
    return address.getScheme().equals("https");
  }

  /** Without brackets around an IPv6 address. */
  public String host() {
    return address.getHost().replaceAll("[\\[\\]]", "");
  }

  /** The one that is named, or that of the scheme. */
  public int port() {
    return address.getPort() != -1 ? address.getPort() : isSecure() ? 443 : 80;
  }

  /** For proofs. */
  public String origin() {
    return Proofs.origin(address);
  }

  /** Of the call that pairs a station. */
  public URI pairing() {
    return URI.create(address + Link.PAIRING_PATH);
  }

  /** Of the WebSocket. */
  public URI link() {
    String text = address.toString();
    return URI.create("ws" + text.substring("http".length()) + Link.PATH);
  }

  /** The address. */
  public URI uri() {
    return address;
  }

  /** The address. */
  @Override
  public String toString() {
    return address.toString();
  }
}
