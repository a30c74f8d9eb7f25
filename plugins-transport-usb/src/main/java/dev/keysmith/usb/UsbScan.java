package dev.keysmith.usb;

import dev.keysmith.spi.Text;
import dev.keysmith.spi.key.KeyDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.usb4java.Device;
import org.usb4java.DeviceDescriptor;
import org.usb4java.LibUsb;

/**
 * Tells which USB interfaces are security keys, and remembers it while they stay plugged in.
 *
 * <p>No driver is ever detached in order to look: it would cut off keyboards. Linux tells what an
 * interface is; elsewhere, and where no driver holds the interface, the device is asked.
 */
final class UsbScan {

  private static final int LONGEST_TEXT = 126;

  private final Sysfs sysfs;
  private final Map<String, Optional<KeyDescriptor>> known = new HashMap<>();

  UsbScan(Sysfs sysfs) {
    this.sysfs = sysfs;
  }

  /** The keys that are there now. */
  synchronized List<KeyDescriptor> keys(UsbBus bus) {
    List<KeyDescriptor> keys = new ArrayList<>();
    Set<String> present = new HashSet<>();
    bus.visit(
        device -> {
          for (HidInterface hid : HidInterface.of(device)) {
            present.add(hid.id());
            key(device, hid).ifPresent(keys::add);
          }
          return Optional.empty();
        });
    known.keySet().retainAll(present);
    return keys;
  }

  /** The key that an interface is, if it is one. */
  synchronized Optional<KeyDescriptor> key(Device device, HidInterface hid) {
    Optional<KeyDescriptor> before = known.get(hid.id());
    if (before != null) {
      return before;
    }
    return switch (sysfs.find(hid)) {
      case FIDO -> remember(hid, Optional.of(describe(hid)));
      case OTHER -> remember(hid, Optional.empty());
      case FREE -> ask(device, hid);
      case TAKEN -> Optional.empty();
    };
  }

  private Optional<KeyDescriptor> remember(HidInterface hid, Optional<KeyDescriptor> key) {
    known.put(hid.id(), key);
    return key;
  }

  private KeyDescriptor describe(HidInterface hid) {
    return descriptor(hid, sysfs.text(hid, "product"), sysfs.text(hid, "serial"));
  }

  private Optional<KeyDescriptor> ask(Device device, HidInterface hid) {
    return ClaimedInterface.takeIfFree(device, hid)
        .flatMap(
            claimed -> {
              try (claimed) {
                return ask(device, hid, claimed);
              }
            });
  }

  private Optional<KeyDescriptor> ask(Device device, HidInterface hid, ClaimedInterface claimed) {
    Optional<Boolean> fido = claimed.isFido();
    DeviceDescriptor texts = new DeviceDescriptor();
    if (fido.isEmpty() || LibUsb.getDeviceDescriptor(device, texts) != LibUsb.SUCCESS) {
      return Optional.empty();
    }
    return remember(
        hid,
        fido.filter(yes -> yes)
            .map(yes -> claimed.text(texts.iProduct()))
            .map(product -> descriptor(hid, product, claimed.text(texts.iSerialNumber()))));
  }

  private static KeyDescriptor descriptor(
      HidInterface hid, Optional<String> product, Optional<String> serial) {
    return new KeyDescriptor(
        hid.id(),
        product.flatMap(UsbScan::printable).orElse("Security key"),
        hid.location(),
        serial.flatMap(UsbScan::printable));
  }

  /** What a device says of itself is not to be trusted: one short line of it is kept. */
  static Optional<String> printable(String text) {
    String line = text.replaceAll("\\p{C}", "").strip();
    return line.isEmpty() ? Optional.empty() : Optional.of(Text.cut(line, LONGEST_TEXT));
  }
}
