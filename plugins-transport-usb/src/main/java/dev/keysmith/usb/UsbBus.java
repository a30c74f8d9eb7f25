package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.nio.IntBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.usb4java.Context;
import org.usb4java.Device;
import org.usb4java.DeviceList;
import org.usb4java.LibUsb;

/**
 * A fresh look at the USB devices of this machine: one libusb context.
 *
 * <p>A context that lives long does not see what is plugged in later if udev does not run, which is
 * so in containers; so each look, and each open key, has a context of its own.
 */
final class UsbBus implements AutoCloseable {

  private static final String NO_NATIVE_LIBRARY =
      "The native USB library cannot be loaded. It needs Linux with glibc (x86, x86-64, ARM,"
          + " aarch64; not Alpine) or Windows, and a directory for temporary files from which"
          + " programs may run: if /tmp is mounted noexec, start the server with"
          + " -Djava.io.tmpdir=<another directory>.";

  private static final String NO_USB =
      "The server cannot see any USB bus (libusb reports %s). If this machine has USB and the"
          + " server runs in a container, pass on /dev/bus/usb; see the USB plugin's README.";

  private final Context context;

  private UsbBus(Context context) {
    this.context = context;
  }

  /**
   * @throws PluginException {@code MISCONFIGURED} if there is no USB on this machine, or no native
   *     library for it
   */
  static UsbBus look() {
    Context context;
    int code;
    try {
      // The first use loads the native library, which fails in many ways, none of them checked.
      context = new Context();
      code = LibUsb.init(context);
    } catch (LinkageError | RuntimeException e) {
      throw new PluginException(Reason.MISCONFIGURED, NO_NATIVE_LIBRARY, e);
    }
    if (code < 0) {
      throw new PluginException(Reason.MISCONFIGURED, NO_USB.formatted(LibUsb.errorName(code)));
    }
    return new UsbBus(context);
  }

  /** Shows the devices to {@code visitor}, one by one, until it returns something. */
  <T> Optional<T> visit(Function<Device, Optional<T>> visitor) {
    DeviceList devices = new DeviceList();
    int count = LibUsb.getDeviceList(context, devices);
    if (count < 0) {
      throw UsbError.exception("list the USB devices", count);
    }
    try {
      for (int i = 0; i < count; i++) {
        Optional<T> result = visitor.apply(devices.get(i));
        if (result.isPresent()) {
          return result;
        }
      }
      return Optional.empty();
    } finally {
      LibUsb.freeDeviceList(devices, true);
    }
  }

  /**
   * Waits until something has come to its end, and runs the callbacks of transfers.
   *
   * @param atMost how long to wait
   * @param enough other than zero if another thread has run the callback that is waited for
   */
  int handleEvents(Duration atMost, IntBuffer enough) {
    return LibUsb.handleEventsTimeoutCompleted(context, atMost.toNanos() / 1000, enough);
  }

  /** Makes {@link #handleEvents} on another thread return at once. */
  void wakeUp() {
    LibUsb.interruptEventHandler(context);
  }

  @Override
  public void close() {
    LibUsb.exit(context);
  }
}
