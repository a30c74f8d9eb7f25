package dev.keysmith.station.fake;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import dev.keysmith.station.plugin.LoadedTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Keys that a test plugs in. */
public final class FakeTransport implements KeyTransport {

  /** A key that cannot be opened until the transport is closed. */
  public static final String STUCK = "stuck";

  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<KeyWatchListener> listeners = new CopyOnWriteArrayList<>();
  private final List<KeyDescriptor> keys = new ArrayList<>();
  private final Map<String, FakeKey> open = new ConcurrentHashMap<>();

  /** As the program loads it, with the name {@code fake}. */
  public LoadedTransport loaded() {
    return new LoadedTransport("fake", Optional.of(this), Optional.empty());
  }

  public FakeTransport plug(String id) {
    synchronized (keys) {
      keys.add(new KeyDescriptor(id, "Fake key " + id, "port " + id, Optional.empty()));
    }
    listeners.forEach(listener -> listener.onKeys(listKeys()));
    return this;
  }

  public void fail(PluginException problem) {
    listeners.forEach(listener -> listener.onProblem(problem));
  }

  /** The key that is open, for a test to say what it does. */
  public FakeKey key(String id) {
    FakeKey key = open.get(id);
    if (key == null) {
      throw new AssertionError("The key is not open.");
    }
    return key;
  }

  @Override
  public List<KeyDescriptor> listKeys() {
    synchronized (keys) {
      return List.copyOf(keys);
    }
  }

  @Override
  public KeyConnection open(String keyId) {
    if (listKeys().stream().noneMatch(key -> key.id().equals(keyId))) {
      throw new PluginException(Reason.KEY_ABSENT, "Not plugged in.");
    }
    if (keyId.equals(STUCK)) {
      awaitClosed();
    }
    FakeKey key = new FakeKey(() -> open.remove(keyId));
    if (open.putIfAbsent(keyId, key) != null) {
      throw new PluginException(Reason.KEY_BUSY, "In use.");
    }
    return key;
  }

  private void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new PluginException(Reason.UNAVAILABLE, "The transport is closed.");
  }

  @Override
  public KeyWatch watch(KeyWatchListener listener) {
    listeners.add(listener);
    listener.onKeys(listKeys());
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    closed.countDown();
    open.values().forEach(FakeKey::close);
  }
}
