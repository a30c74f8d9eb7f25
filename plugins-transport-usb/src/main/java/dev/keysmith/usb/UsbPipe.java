package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.usb4java.Device;

/** Packets to and from a security key on this machine's USB. */
final class UsbPipe implements PacketPipe {

  private static final System.Logger LOG = System.getLogger(UsbPipe.class.getName());

  private final UsbBus bus;
  private final ClaimedInterface claimed;
  private final UsbReader reader;
  private boolean closed;

  private UsbPipe(UsbBus bus, ClaimedInterface claimed) {
    this.bus = bus;
    this.claimed = claimed;
    this.reader = UsbReader.start(bus, claimed);
  }

  /**
   * Takes a FIDO interface.
   *
   * @param bus that showed the device; belongs to the pipe unless this call fails
   * @throws PluginException {@code MISCONFIGURED}, {@code KEY_ABSENT}, {@code KEY_BUSY}
   */
  static UsbPipe open(UsbBus bus, Device device, HidInterface hid) {
    ClaimedInterface claimed = ClaimedInterface.take(device, hid);
    boolean open = false;
    try {
      UsbPipe pipe = new UsbPipe(bus, claimed);
      open = true;
      return pipe;
    } finally {
      if (!open) {
        claimed.close();
      }
    }
  }

  @Override
  public void write(byte[] packet) {
    claimed.write(packet);
  }

  @Override
  public byte[] read(Duration timeout) {
    return reader.read(timeout);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (reader.stop()) {
      claimed.close();
      bus.close();
    } else {
      LOG.log(
          Level.WARNING,
          "A transfer to a security key did not end; the key stays claimed until it is pulled out"
              + " or the server is restarted.");
    }
  }
}
