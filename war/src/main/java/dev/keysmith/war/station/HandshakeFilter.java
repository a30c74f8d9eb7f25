package dev.keysmith.war.station;

import dev.keysmith.station.link.Link;
import dev.keysmith.war.web.PublicAddress;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the WebSocket where a connection comes from and which address of ours it asked. A WebSocket
 * sees of the request only its headers, so both are written there, over what a caller has written.
 *
 * <p>Browsers are refused: they send an origin, and no page of ours is a station.
 */
@WebFilter(urlPatterns = Link.PATH, asyncSupported = true)
public class HandshakeFilter extends HttpFilter {

  static final String ORIGIN = "Keysmith-Asked-Origin";
  static final String ADDRESS = "Keysmith-Caller-Address";

  private static final long serialVersionUID = 1L;

  @Inject transient PublicAddress address;
  @Inject transient TrustedProxies proxies;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getHeader("Origin") != null) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    chain.doFilter(
        new Told(
            request, Map.of(ORIGIN, address.origin(request), ADDRESS, proxies.caller(request))),
        response);
  }

  /** A request with headers of our own. */
  private static final class Told extends HttpServletRequestWrapper {

    private final Map<String, String> own;

    Told(HttpServletRequest request, Map<String, String> own) {
      super(request);
      this.own = own;
    }

    private Optional<String> own(String name) {
      return own.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    @Override
    public String getHeader(String name) {
      return own(name).orElseGet(() -> super.getHeader(name));
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return own(name)
          .map(value -> Collections.enumeration(List.of(value)))
          .orElseGet(() -> super.getHeaders(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
      names.removeIf(name -> own(name).isPresent());
      names.addAll(own.keySet());
      return Collections.enumeration(names);
    }
  }
}
