package dev.keysmith.core.key;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transport whose watches tell what a test says, when it says so, on the test's thread. */
final class ToldTransport implements KeyTransport {

  final List<KeyWatchListener> watching = new ArrayList<>();
  int watchesEver;
  boolean closed;
  private List<KeyDescriptor> keys = List.of();

  static KeyDescriptor key(String id) {
    return new KeyDescriptor(id, "Key", "port " + id, Optional.empty());
  }

  /** These keys are there now. */
  void show(String... ids) {
    keys = List.of(ids).stream().map(ToldTransport::key).toList();
    List.copyOf(watching).forEach(listener -> listener.onKeys(keys));
  }

  /** It cannot tell. */
  void fail(String why) {
    List.copyOf(watching)
        .forEach(listener -> listener.onProblem(new PluginException(Reason.UNAVAILABLE, why)));
  }

  @Override
  public List<KeyDescriptor> listKeys() {
    return keys;
  }

  @Override
  public KeyWatch watch(KeyWatchListener listener) {
    watching.add(listener);
    watchesEver++;
    return () -> watching.remove(listener);
  }

  @Override
  public KeyConnection open(String keyId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    closed = true;
    if (!watching.isEmpty()) {
      throw new IllegalStateException("Closed while watched");
    }
  }
}
