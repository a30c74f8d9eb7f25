package dev.keysmith.testing.key;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Virtual security keys as a key transport: messages go straight to the key, in this process. */
public final class VirtualKeyTransport implements KeyTransport {

  private final Clock clock;
  private final AtomicInteger arrivals = new AtomicInteger();
  private final Map<String, VirtualKey> keys = new LinkedHashMap<>();
  private final Map<String, VirtualKeyConnection> open = new LinkedHashMap<>();

  /** A transport without keys, whose timeouts go by the system's clock. */
  public VirtualKeyTransport() {
    this(Clock.systemUTC());
  }

  /** A transport without keys, whose timeouts go by {@code clock}. */
  public VirtualKeyTransport(Clock clock) {
    this.clock = clock;
  }

  /** Adds a key; returns the id under which it is listed. */
  public synchronized String add(VirtualKey key) {
    String id = "virtual-" + arrivals.incrementAndGet();
    keys.put(id, key);
    return id;
  }

  /** Takes a key away for good, as if pulled out. */
  public synchronized void remove(String id) {
    key(id).unplug();
    keys.remove(id);
  }

  /** Pulls a key out; it can be plugged in again under the same id. */
  public synchronized void unplug(String id) {
    key(id).unplug();
  }

  /** Plugs a key in again. */
  public void plug(String id) {
    key(id).plugIn();
  }

  @Override
  public synchronized List<KeyDescriptor> listKeys() {
    List<KeyDescriptor> found = new ArrayList<>();
    keys.forEach(
        (id, key) -> {
          if (key.plugged()) {
            found.add(
                new KeyDescriptor(
                    id, key.product(), "virtual port " + id, Optional.of(key.serialNumber())));
          }
        });
    return found;
  }

  @Override
  public synchronized KeyConnection open(String keyId) {
    VirtualKey key = key(keyId);
    if (!key.plugged()) {
      throw absent(keyId);
    }
    VirtualKeyConnection other = open.get(keyId);
    if (other != null && other.alive()) {
      throw new PluginException(
          PluginException.Reason.KEY_BUSY,
          "The virtual security key " + keyId + " is already open. Close it there first.");
    }
    VirtualKeyConnection connection =
        new VirtualKeyConnection(key, clock, closed -> forget(keyId, closed));
    open.put(keyId, connection);
    return connection;
  }

  @Override
  public void close() {
    List<VirtualKeyConnection> all;
    synchronized (this) {
      all = List.copyOf(open.values());
    }
    all.forEach(VirtualKeyConnection::close);
  }

  private synchronized void forget(String keyId, VirtualKeyConnection closed) {
    open.remove(keyId, closed);
  }

  private synchronized VirtualKey key(String id) {
    VirtualKey key = keys.get(id);
    if (key == null) {
      throw absent(id);
    }
    return key;
  }

  private static PluginException absent(String id) {
    return new PluginException(
        PluginException.Reason.KEY_ABSENT,
        "There is no virtual security key " + id + ". Plug it in and begin again.");
  }
}
