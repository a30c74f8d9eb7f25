package dev.keysmith.core.integration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The origin of a web page, as a browser writes it: scheme, host and, unless it is the scheme's
 * own, port (HTML, section 7.1.1). The server is the WebAuthn client of the security keys that are
 * plugged into it, so it keeps to what a browser allows pages of an origin to do.
 *
 * @param scheme {@code https}, or {@code http} on a loopback host
 * @param host in lower case, ASCII
 * @param port -1 for the scheme's own
 */
public record WebOrigin(String scheme, String host, int port) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Reads an origin; empty unless it is written as a browser would. */
  public static Optional<WebOrigin> parse(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getScheme() == null || uri.getHost() == null) {
        return Optional.empty();
      }
      WebOrigin origin = new WebOrigin(uri.getScheme(), uri.getHost(), uri.getPort());
      return Optional.of(origin).filter(it -> it.isSecure() && it.toString().equals(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The origin at this domain, which may end with a port. */
  static Optional<WebOrigin> at(String domain) {
    return parse("https://" + domain);
  }

  private boolean isSecure() {
    int own = scheme.equals("https") ? 443 : 80;
    return port != own
        && host.equals(host.toLowerCase(Locale.ROOT))
        && (scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host)));
  }

  /**
   * Whether a page of this origin may have a passkey made with this RP ID: its own host, or a
   * domain above it that a single party can own (WebAuthn Level 3, section 5.1.3, step 8).
   */
  public boolean allows(String rpId) {
    return RegistrableDomain.isDomain(rpId)
        && RegistrableDomain.isDomain(host)
        && (rpId.equals(host) || RegistrableDomain.isSuffix(rpId, host));
  }

  @Override
  public String toString() {
    return scheme + "://" + host + (port < 0 ? "" : ":" + port);
  }
}
