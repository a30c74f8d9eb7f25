package dev.keysmith.testing.usb;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.usb.UsbDevice;
import dev.keysmith.testing.key.usb.UsbRedirPort;
import java.time.Duration;

/**
 * A virtual key at a USB port of the guest, with Linux's HID driver on it.
 *
 * @param key the key
 * @param node by which programs in the guest open it, {@code /dev/hidrawN}
 * @param guest that has the port
 * @param port in which it is
 */
public record PluggedKey(VirtualKey key, String node, Guest guest, UsbRedirPort port)
    implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(30);

  static PluggedKey plug(Guest guest, UsbRedirPort port, UsbDevice device, VirtualKey key) {
    port.plug(device);
    return find(guest, port, key);
  }

  private static PluggedKey find(Guest guest, UsbRedirPort port, VirtualKey key) {
    guest.await("[ -n \"$(%s)\" ]".formatted(find(key)));
    String name = guest.bash(SOON, find(key)).output().strip();
    return new PluggedKey(key, "/dev/" + name, guest, port);
  }

  /** Prints the names of the key's nodes. */
  private static String find(VirtualKey key) {
    return ("grep -l HID_UNIQ=%s /sys/class/hidraw/*/device/uevent 2> /dev/null"
            + " | cut -d / -f 5")
        .formatted(key.serialNumber());
  }

  /** The same after a program has had it instead of the driver; waits for the driver. */
  public PluggedKey again() {
    return find(guest, port, key);
  }

  /** Pulls it out and plugs it in again; the node may be another one then. */
  public PluggedKey replug() {
    UsbDevice device = UsbDevice.securityKey(key);
    close();
    return plug(guest, port, device, key);
  }

  /** Pulls it out, and waits until the guest has seen it. */
  @Override
  public void close() {
    port.unplug();
    guest.await("[ -z \"$(%s)\" ]".formatted(find(key)));
  }
}
