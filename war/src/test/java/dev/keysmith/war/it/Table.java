package dev.keysmith.war.it;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.testing.bench.BenchTransportFactory;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.bench.BenchListing;
import dev.keysmith.testing.org.practice.KeyBench;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The keys of the bench, as a user's browser reaches them to sign in to the practice org. */
final class Table implements KeyBench {

  private static final KeyTransport PORTS = new BenchTransportFactory().create(new Context());

  @Override
  public List<Key> keys() {
    return BenchBesideTheServer.bench().list().stream().map(Table::key).toList();
  }

  private static Key key(BenchListing listing) {
    VirtualKey key = BenchBesideTheServer.bench().key(listing.id());
    return new Key(listing.id(), listing.product(), "", listing.plugged(), key.waitsForTouch());
  }

  @Override
  public Key create(String name) {
    throw new IllegalStateException("Tests lay out their keys themselves.");
  }

  @Override
  public void plug(String id) {
    BenchBesideTheServer.bench().key(id).plugIn();
  }

  @Override
  public void unplug(String id) {
    BenchBesideTheServer.bench().key(id).unplug();
  }

  @Override
  public void touch(String id) {
    BenchBesideTheServer.bench().key(id).touch();
  }

  @Override
  public KeyConnection open(String id) {
    return PORTS.open(id);
  }

  /** What the plugin gets in the browser's place. */
  private static final class Context implements PluginContext {

    private final SecureRandom random = new SecureRandom();

    @Override
    public Optional<String> text(String name) {
      return name.equals("address")
          ? Optional.of(BenchBesideTheServer.address())
          : Optional.empty();
    }

    @Override
    public Optional<char[]> secret(String name) {
      return Optional.empty();
    }

    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public RandomGenerator random() {
      return random;
    }
  }
}
