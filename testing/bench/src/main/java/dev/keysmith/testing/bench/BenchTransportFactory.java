package dev.keysmith.testing.bench;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.util.List;

/** Offers the virtual security keys of the practice bench. */
public final class BenchTransportFactory implements KeyTransportFactory {

  private static final String ADDRESS = "address";
  private static final String DEFAULT_ADDRESS = "127.0.0.1:7870";

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String label() {
    return "Practice bench";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.optional(
                ADDRESS,
                Setting.Kind.TEXT,
                "Address of the bench",
                "Host and port at which the practice bench listens, on this machine only.")
            .withDefault(DEFAULT_ADDRESS));
  }

  @Override
  public KeyTransport create(PluginContext context) {
    String address = context.text(ADDRESS).orElse(DEFAULT_ADDRESS);
    return new BenchTransport(new Bench(LoopbackAddress.parse(address)), context.random());
  }
}
