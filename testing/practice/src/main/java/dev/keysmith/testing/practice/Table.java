package dev.keysmith.testing.practice;

import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.bench.BenchListing;
import dev.keysmith.testing.key.bench.VirtualKeyBench;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.org.practice.KeyBench;
import java.util.List;

/** The virtual keys of the bench, as the page of the practice org shows them. */
final class Table implements KeyBench {

  private static final int LONGEST_NAME = 60;

  private final VirtualKeyBench bench;
  private final KeyTransport ports;

  /**
   * @param ports the way by which a browser reaches the same keys
   */
  Table(VirtualKeyBench bench, KeyTransport ports) {
    this.bench = bench;
    this.ports = ports;
  }

  /** Lays two keys on an empty table: one of today, one of 2018. Neither is plugged in. */
  void furnish() {
    if (bench.list().isEmpty()) {
      unplug(create("Practice key").id());
      unplug(
          bench.create(
              VirtualKey.builder()
                  .model(dev.keysmith.testing.key.model.Model.CTAP_2_0)
                  .product("Practice key of 2018")
                  .touch(TouchPolicy.byHand())));
    }
  }

  @Override
  public List<Key> keys() {
    return bench.list().stream().map(this::key).toList();
  }

  private Key key(BenchListing listing) {
    VirtualKey key = bench.key(listing.id());
    int passkeys = key.credentials().size();
    String description =
        (key.hasPin() ? "PIN set, " : "new, no PIN, ")
            + (passkeys == 1 ? "1 passkey" : passkeys + " passkeys");
    return new Key(
        listing.id(), listing.product(), description, listing.plugged(), key.waitsForTouch());
  }

  @Override
  public Key create(String name) {
    String product = name.isBlank() ? "Practice key" : name.strip();
    if (product.length() > LONGEST_NAME) {
      throw new IllegalStateException("A name has at most " + LONGEST_NAME + " characters.");
    }
    String id = bench.create(VirtualKey.builder().product(product).touch(TouchPolicy.byHand()));
    return keys().stream().filter(key -> key.id().equals(id)).findFirst().orElseThrow();
  }

  @Override
  public void plug(String id) {
    if (!bench.key(id).plugged()) {
      bench.key(id).plugIn();
    }
  }

  @Override
  public void unplug(String id) {
    bench.key(id).unplug();
  }

  @Override
  public void touch(String id) {
    bench.key(id).touch();
  }

  @Override
  public KeyConnection open(String id) {
    bench.key(id);
    return ports.open(id);
  }
}
