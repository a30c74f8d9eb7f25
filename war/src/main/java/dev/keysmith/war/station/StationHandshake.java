package dev.keysmith.war.station;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;

/** Keeps what {@link HandshakeFilter} has told of a connection. */
public class StationHandshake extends ServerEndpointConfig.Configurator {

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    keep(config, request, HandshakeFilter.ORIGIN);
    keep(config, request, HandshakeFilter.ADDRESS);
  }

  private static void keep(ServerEndpointConfig config, HandshakeRequest request, String header) {
    String value =
        request.getHeaders().entrySet().stream()
            .filter(each -> each.getKey().equalsIgnoreCase(header))
            .map(Map.Entry<String, List<String>>::getValue)
            .flatMap(List::stream)
            .findFirst()
            .orElse("");
    config.getUserProperties().put(header, value);
  }
}
