package dev.keysmith.testing.key.usb;

import dev.keysmith.spi.Bytes;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.hid.HidFault;
import dev.keysmith.testing.key.hid.VirtualHidDevice;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A virtual security key as a HID interface (CTAP 2.1, section 11.2.8). Thread-safe. */
public final class FidoFunction implements HidFunction {

  /** Usage page FIDO, usage CTAPHID; 64 bytes in, 64 bytes out. */
  private static final String REPORT_DESCRIPTOR =
      "06d0f10901a101" // usage page, usage, collection
          + "0920150026ff00750895408102" // in
          + "0921150026ff00750895409102c0"; // out

  private final VirtualKey key;
  private final HidLayout layout;
  private @Nullable VirtualHidDevice hid;

  private FidoFunction(VirtualKey key, HidLayout layout) {
    this.key = key;
    this.layout = layout;
  }

  /**
   * Puts a key behind endpoints.
   *
   * @param key loses and gets its power with the USB device
   * @param in address of the endpoint to the host, for instance 0x81
   * @param out address of the endpoint from the host, for instance 0x01
   * @param intervalMillis how often the host asks
   */
  public static FidoFunction of(VirtualKey key, int in, int out, int intervalMillis) {
    Bytes descriptor = Bytes.of(HexFormat.of().parseHex(REPORT_DESCRIPTOR));
    HidLayout layout =
        new HidLayout(
            0,
            0,
            descriptor,
            in,
            OptionalInt.of(out),
            VirtualHidDevice.REPORT_SIZE,
            intervalMillis);
    return new FidoFunction(key, layout);
  }

  /** The key. */
  public VirtualKey key() {
    return key;
  }

  /**
   * Makes something go wrong, once.
   *
   * @throws IllegalStateException if the device was never plugged in
   */
  public synchronized void inject(HidFault fault) {
    VirtualHidDevice current = hid;
    if (current == null) {
      throw new IllegalStateException("Plug the key in first.");
    }
    current.inject(fault);
  }

  @Override
  public HidLayout layout() {
    return layout;
  }

  @Override
  public synchronized HidReports powerUp() {
    key.plugIn();
    VirtualHidDevice current = new VirtualHidDevice(key);
    hid = current;
    return new Reports(key, current);
  }

  private record Reports(VirtualKey key, VirtualHidDevice hid) implements HidReports {

    @Override
    public void write(byte[] report) {
      // The packets of an endpoint may be shorter than its size, reports of this kind are not.
      if (report.length == VirtualHidDevice.REPORT_SIZE) {
        hid.write(report);
      }
    }

    @Override
    public Optional<byte[]> read(Duration timeout) {
      return hid.read(timeout);
    }

    @Override
    public boolean alive() {
      return hid.alive();
    }

    @Override
    public void reset() {
      hid.abandon();
    }

    @Override
    public void close() {
      if (hid.alive()) {
        key.unplug();
      }
    }
  }
}
