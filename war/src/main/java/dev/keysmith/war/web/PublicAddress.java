package dev.keysmith.war.web;

import dev.keysmith.core.platform.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The address that browsers know the server by: {@code keysmith.url}, or else the one that they
 * ask. Headers of proxies are not believed, because anybody can send them.
 */
@ApplicationScoped
public class PublicAddress {

  private final Optional<URI> configured;

  /** Reads {@code keysmith.url}. */
  @Inject
  public PublicAddress(Configuration configuration) {
    configured = configuration.text("keysmith.url").map(PublicAddress::parse);
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway.Init")
  protected PublicAddress() {
    configured = Optional.empty();
  }

  private static URI parse(String text) {
    URI uri = URI.create(text);
    boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    boolean plain = uri.getPath().isEmpty() || uri.getPath().equals("/");
    if (!web || uri.getHost() == null || !plain || uri.getRawQuery() != null) {
      throw new IllegalStateException(
          "keysmith.url must be an address such as https://keysmith.example.org, without a path");
    }
    return uri;
  }

  /** Scheme, host and port, as browsers write an origin (RFC 6454, section 6.2). */
  public String origin(HttpServletRequest request) {
    return configured
        .map(uri -> origin(uri.getScheme(), uri.getHost(), uri.getPort()))
        .orElseGet(
            () -> origin(request.getScheme(), request.getServerName(), request.getServerPort()));
  }

  /**
   * Whether the address of a request can be ours. Without a configured one only names of the
   * machine itself are believed: with any other, a site that lets its own name lead here would pass
   * for us, and links would lead wherever a caller says.
   */
  public boolean isOurs(HttpServletRequest request) {
    return configured.isPresent() || isLoopback(request.getServerName());
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    boolean bracketed = name.startsWith("[") && name.endsWith("]");
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || Network.literal(bracketed ? name.substring(1, name.length() - 1) : name)
            .filter(InetAddress::isLoopbackAddress)
            .isPresent();
  }

  /** The origin, if it is configured. */
  public Optional<String> origin() {
    return configured.map(uri -> origin(uri.getScheme(), uri.getHost(), uri.getPort()));
  }

  /** The host: the RP ID of operators' passkeys. */
  public String host(HttpServletRequest request) {
    return configured.map(URI::getHost).orElseGet(request::getServerName).toLowerCase(Locale.ROOT);
  }

  /** Whether browsers come by TLS, be it by way of a proxy. */
  public boolean isSecure(HttpServletRequest request) {
    return request.isSecure() || isSecure();
  }

  /** Whether the configured address is one of TLS. */
  public boolean isSecure() {
    return configured.filter(uri -> uri.getScheme().equals("https")).isPresent();
  }

  private static String origin(String scheme, String host, int port) {
    boolean usual =
        port < 0
            || (scheme.equals("http") && port == 80)
            || (scheme.equals("https") && port == 443);
    return scheme + "://" + host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
  }
}
