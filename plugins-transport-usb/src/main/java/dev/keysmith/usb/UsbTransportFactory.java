package dev.keysmith.usb;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.nio.file.Path;
import java.util.List;

/** Offers the security keys that are plugged into the machine on which the server runs. */
public final class UsbTransportFactory implements KeyTransportFactory {

  @Override
  public String name() {
    return "usb";
  }

  @Override
  public String label() {
    return "USB security keys";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public KeyTransport create(PluginContext context) {
    return new UsbTransport(
        context.random(), new Sysfs(Path.of("/sys/bus"), Path.of("/dev/bus/usb")));
  }
}
