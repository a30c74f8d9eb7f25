package dev.keysmith.station.plugin;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.util.List;
import java.util.Optional;

/** The plugin of a third party, in one class: it makes copies of itself. */
public final class JarTransportFactory implements KeyTransportFactory, KeyTransport {

  private final String place;

  public JarTransportFactory() {
    this("");
  }

  private JarTransportFactory(String place) {
    this.place = place;
  }

  @Override
  public String name() {
    return "jar";
  }

  @Override
  public String label() {
    return "Keys of a jar";
  }

  @Override
  public List<Setting> settings() {
    return List.of(Setting.optional("place", Setting.Kind.TEXT, "Place", "").withDefault("drawer"));
  }

  @Override
  public KeyTransport create(PluginContext context) {
    String wanted = context.text("place").orElseThrow();
    if (wanted.equals("fail")) {
      throw new StackOverflowError();
    }
    return new JarTransportFactory(wanted);
  }

  @Override
  public List<KeyDescriptor> listKeys() {
    return List.of(new KeyDescriptor("1", "Key", place, Optional.empty()));
  }

  @Override
  public KeyConnection open(String keyId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
