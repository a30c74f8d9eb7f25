package dev.keysmith.core.station;

import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The key transport that reaches the keys at stations. It is built in, as it needs the database to
 * know stations by, and WebSockets: a plugin has neither.
 */
@ApplicationScoped
public class RemoteKeys implements KeyTransportFactory {

  /** Name of this transport. */
  public static final String NAME = "station";

  /** The list is in memory. */
  private static final Duration LOOK = Duration.ofMillis(150);

  @Inject StationLinks links;

  /** The station at which a key is plugged in; empty if it is plugged in at the server itself. */
  public static OptionalLong stationOf(PluggedKey key) {
    return key.transport().equals(NAME)
        ? RemoteKeyId.station(key.descriptor().id())
        : OptionalLong.empty();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return "Stations";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public KeyTransport create(PluginContext context) {
    return new Transport();
  }

  private final class Transport implements KeyTransport {

    @Override
    public List<KeyDescriptor> listKeys() {
      return links.connected().stream().flatMap(link -> link.keys().stream()).toList();
    }

    @Override
    public KeyConnection open(String keyId) {
      OptionalLong station = RemoteKeyId.station(keyId);
      if (station.isEmpty()) {
        throw RemoteKeyId.absent();
      }
      return links.of(station.getAsLong()).orElseThrow(RemoteKeyId::absent).open(keyId);
    }

    @Override
    public KeyWatch watch(KeyWatchListener listener) {
      return KeyWatch.polling(this::listKeys, LOOK, listener);
    }

    /** Connections end with the server, or with their stations. */
    @Override
    public void close() {
      // Nothing is held here.
    }
  }
}
