package dev.keysmith.okta.http;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An Okta org, by the origin at which its users sign in.
 *
 * <p>The API is called at the same origin: Okta compares the origin of the collected client data
 * with the one of the request, and the host is the RP ID where the org has set no other.
 *
 * @param origin scheme, host and, unless it is the scheme's own, port; without a slash at the end
 * @param host in lower case
 */
public record Org(String origin, String host) {

  /** Of each of Okta's cells. */
  private static final Pattern ADMIN_CONSOLE =
      Pattern.compile(
          "(.+)-admin(\\.(?:okta\\.com|oktapreview\\.com|okta-emea\\.com|okta-gov\\.com|okta\\.mil))");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Checks an address and makes the org of it. */
  public static Org at(URI address) {
    refuseWhatIsNoOrigin(address);
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    String host = address.getHost().toLowerCase(Locale.ROOT);
    refuseTrailingDot(host);
    refuseAdminConsole(host);
    if (!scheme.equals("https") && !(scheme.equals("http") && LOOPBACK.contains(host))) {
      throw misconfigured(
          "The origin must begin with https://, so that the token is encrypted on its way.");
    }
    return new Org(originOf(address).orElseThrow(), host);
  }

  /** The origin of an address as browsers write it; empty if it has none. */
  public static Optional<String> originOf(URI address) {
    if (address.getScheme() == null
        || address.getHost() == null
        || address.getRawUserInfo() != null) {
      return Optional.empty();
    }
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    String host = address.getHost().toLowerCase(Locale.ROOT);
    int own = scheme.equals("https") ? 443 : 80;
    boolean named = address.getPort() != -1 && address.getPort() != own;
    return Optional.of(scheme + "://" + host + (named ? ":" + address.getPort() : ""));
  }

  private static void refuseWhatIsNoOrigin(URI address) {
    boolean path = address.getRawPath() != null && !address.getRawPath().matches("/?");
    if (path
        || address.getScheme() == null
        || address.getHost() == null
        || address.getRawQuery() != null
        || address.getRawFragment() != null
        || address.getRawUserInfo() != null) {
      throw misconfigured(
          "The origin must be scheme and host alone, for instance https://example.okta.com.");
    }
  }

  /** For browsers this is another origin, and no RP ID ends so. */
  private static void refuseTrailingDot(String host) {
    if (host.endsWith(".")) {
      throw misconfigured(
          "The origin must not end with a dot. Enter https://"
              + host.replaceFirst("\\.+$", "")
              + ", as browsers show it.");
    }
  }

  private static void refuseAdminConsole(String host) {
    var console = ADMIN_CONSOLE.matcher(host);
    if (console.matches()) {
      throw misconfigured(
          "The origin is the address of the admin console. Enter the one where users sign in: https://"
              + console.group(1)
              + console.group(2)
              + ".");
    }
  }

  private static PluginException misconfigured(String message) {
    return new PluginException(Reason.MISCONFIGURED, message);
  }
}
