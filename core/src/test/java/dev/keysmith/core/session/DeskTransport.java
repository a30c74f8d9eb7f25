package dev.keysmith.core.session;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyTransport;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

/** The virtual keys of a {@link Desk}, listed and connected as a test wants it. */
public final class DeskTransport implements KeyTransport {

  private static final VirtualKeyTransport KEYS = new VirtualKeyTransport(Clock.systemUTC());

  private static volatile UnaryOperator<KeyConnection> connections = UnaryOperator.identity();
  private static volatile UnaryOperator<KeyDescriptor> shown = UnaryOperator.identity();

  private DeskTransport() {}

  /** No key is there, and nothing is wrapped. */
  static void reset() {
    KEYS.listKeys().forEach(key -> KEYS.remove(key.id()));
    connections = UnaryOperator.identity();
    shown = UnaryOperator.identity();
  }

  static String add(VirtualKey key) {
    return KEYS.add(key);
  }

  static void connectOver(UnaryOperator<KeyConnection> wrap) {
    connections = wrap;
  }

  static void list(UnaryOperator<KeyDescriptor> as) {
    shown = as;
  }

  @Override
  public List<KeyDescriptor> listKeys() {
    return KEYS.listKeys().stream().map(shown).toList();
  }

  @Override
  public KeyConnection open(String keyId) {
    return connections.apply(KEYS.open(keyId));
  }

  @Override
  public void close() {
    KEYS.close();
  }

  /** The key transport plugin of the tests. */
  public static final class Factory implements KeyTransportFactory {

    @Override
    public String name() {
      return "virtual";
    }

    @Override
    public String label() {
      return "Virtual";
    }

    @Override
    public List<Setting> settings() {
      return List.of();
    }

    @Override
    public KeyTransport create(PluginContext context) {
      return new DeskTransport();
    }
  }
}
