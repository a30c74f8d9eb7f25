package dev.keysmith.testing.bench;

import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.usb.OpenKeys;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The virtual security keys of the practice bench. */
public final class BenchTransport implements KeyTransport {

  private final Bench bench;
  private final OpenKeys open;

  BenchTransport(Bench bench, RandomGenerator random) {
    this.bench = bench;
    this.open = new OpenKeys(random);
  }

  @Override
  public List<KeyDescriptor> listKeys() {
    return bench.list().stream().filter(Bench.Entry::plugged).map(BenchTransport::key).toList();
  }

  private static KeyDescriptor key(Bench.Entry entry) {
    return new KeyDescriptor(
        entry.id(), entry.product(), entry.location(), Optional.ofNullable(entry.serial()));
  }

  @Override
  public KeyConnection open(String keyId) {
    return open.open(keyId, () -> bench.open(keyId));
  }

  @Override
  public void close() {
    open.close();
  }
}
