package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.usb4java.Device;

/** The security keys on this machine's USB. */
final class UsbTransport implements KeyTransport {

  private static final Duration PAUSE_BEFORE_SECOND_LOOK = Duration.ofMillis(200);

  private final OpenKeys open;
  private final Sysfs sysfs;
  private final UsbScan survey;

  UsbTransport(RandomGenerator random, Sysfs sysfs) {
    this.open = new OpenKeys(random);
    this.sysfs = sysfs;
    this.survey = new UsbScan(sysfs);
  }

  @Override
  public List<KeyDescriptor> listKeys() {
    try (UsbBus bus = UsbBus.look()) {
      return survey.keys(bus);
    }
  }

  @Override
  public KeyWatch watch(KeyWatchListener listener) {
    CachedUsbScan glance = new CachedUsbScan(sysfs::names, this::listKeys);
    return KeyWatch.polling(glance, glance.pause(), listener);
  }

  @Override
  public KeyConnection open(String keyId) {
    return open.open(keyId, () -> pipe(keyId));
  }

  private UsbPipe pipe(String keyId) {
    UsbBus bus = UsbBus.look();
    Optional<UsbPipe> pipe = Optional.empty();
    try {
      pipe = bus.visit(device -> pipe(keyId, bus, device));
    } finally {
      if (pipe.isEmpty()) {
        bus.close();
      }
    }
    return pipe.orElseThrow(
        () ->
            new PluginException(
                Reason.KEY_ABSENT,
                "The security key is not plugged in. Plug it in and try again."));
  }

  private Optional<UsbPipe> pipe(String keyId, UsbBus bus, Device device) {
    return HidInterface.of(device).stream()
        .filter(hid -> hid.id().equals(keyId))
        .filter(hid -> survey.key(device, hid).isPresent())
        .findFirst()
        .map(hid -> pipe(bus, device, hid));
  }

  private UsbPipe pipe(UsbBus bus, Device device, HidInterface hid) {
    try {
      return UsbPipe.open(bus, device, hid);
    } catch (PluginException e) {
      throw e.reason() == Reason.KEY_ABSENT
          ? obstacle(hid).map(obstacle -> UsbError.shut(hid, obstacle)).orElse(e)
          : e;
    }
  }

  /** A key that is just being pulled out has lost its file and still has its name, for a moment. */
  private Optional<Sysfs.Obstacle> obstacle(HidInterface hid) {
    if (sysfs.obstacle(hid).isEmpty()) {
      return Optional.empty();
    }
    LockSupport.parkNanos(PAUSE_BEFORE_SECOND_LOOK.toNanos());
    return sysfs.obstacle(hid);
  }

  @Override
  public void close() {
    open.close();
  }
}
