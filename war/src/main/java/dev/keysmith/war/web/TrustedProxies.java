package dev.keysmith.war.web;

import dev.keysmith.core.platform.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells where requests come from. A reverse proxy writes it in {@code X-Forwarded-For} and is
 * believed if it is one of {@code keysmith.proxies}: anybody else can write there what they like.
 */
@ApplicationScoped
public class TrustedProxies {

  private static final String KEY = "keysmith.proxies";
  private static final String HEADER = "X-Forwarded-For";
  private static final Pattern WITH_PORT = Pattern.compile("\\[(.+)](?::\\d+)?|([\\d.]+):\\d+");

  private final List<Network> networks;

  /** Reads {@code keysmith.proxies}: addresses and networks, with commas between them. */
  @Inject
  public TrustedProxies(Configuration configuration) {
    try {
      networks = words(configuration.text(KEY).orElse("")).stream().map(Network::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          KEY + " must hold addresses such as 127.0.0.1 or 10.0.0.0/8, with commas between them",
          e);
    }
  }

  /** For the container's proxy. */
  protected TrustedProxies() {
    networks = List.of();
  }

  /**
   * The caller's address: the nearest one that is none of a trusted proxy. What stands before it in
   * the header was written by the caller.
   */
  public String caller(HttpServletRequest request) {
    String nearest = request.getRemoteAddr();
    if (networks.isEmpty()) {
      return nearest;
    }
    List<String> told =
        Collections.list(request.getHeaders(HEADER)).stream()
            .flatMap(line -> words(line).stream())
            .toList();
    for (int i = told.size() - 1; i >= 0 && isTrusted(nearest); i--) {
      Optional<InetAddress> before = Network.literal(withoutPort(told.get(i)));
      if (before.isEmpty()) {
        return nearest;
      }
      nearest = before.get().getHostAddress();
    }
    return nearest;
  }

  private boolean isTrusted(String text) {
    return Network.literal(text)
        .filter(address -> networks.stream().anyMatch(network -> network.contains(address)))
        .isPresent();
  }

  private static List<String> words(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }

  /** Some proxies add the caller's port. */
  private static String withoutPort(String text) {
    Matcher matcher = WITH_PORT.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }
}
