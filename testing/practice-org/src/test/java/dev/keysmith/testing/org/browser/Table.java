package dev.keysmith.testing.org.browser;

import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyTransport;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.org.practice.KeyBench;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Virtual security keys on the table of a practice org. */
final class Table implements KeyBench {

  private final VirtualKeyTransport transport = new VirtualKeyTransport();
  private final Map<String, VirtualKey> keys = new LinkedHashMap<>();
  private final Model model;
  private final TouchPolicy touch;

  Table(Model model, TouchPolicy touch) {
    this.model = model;
    this.touch = touch;
  }

  VirtualKey key(String id) {
    VirtualKey key = keys.get(id);
    if (key == null) {
      throw new IllegalArgumentException("There is no security key " + id + ".");
    }
    return key;
  }

  @Override
  public synchronized List<Key> keys() {
    return keys.entrySet().stream().map(e -> seen(e.getKey(), e.getValue())).toList();
  }

  private static Key seen(String id, VirtualKey key) {
    return new Key(id, key.product(), model(key), key.plugged(), key.waitsForTouch());
  }

  private static String model(VirtualKey key) {
    return key.credentials().size() + " passkeys";
  }

  @Override
  public synchronized Key create(String name) {
    VirtualKey key = VirtualKey.builder().model(model).product(name).touch(touch).build();
    String id = transport.add(key);
    keys.put(id, key);
    return seen(id, key);
  }

  @Override
  public void plug(String id) {
    key(id).plugIn();
  }

  @Override
  public void unplug(String id) {
    key(id).unplug();
  }

  @Override
  public void touch(String id) {
    key(id).touch();
  }

  @Override
  public KeyConnection open(String id) {
    key(id);
    return transport.open(id);
  }
}
