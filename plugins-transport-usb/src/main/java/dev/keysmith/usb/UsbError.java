package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import org.usb4java.LibUsb;

/** Puts the error codes of libusb into words. */
final class UsbError {

  private UsbError() {}

  private static final String NO_PERMISSION =
      "The server may not %s (LIBUSB_ERROR_ACCESS). On Linux, install the udev rule"
          + " 70-keysmith.rules from the USB plugin's README, put the server's account into the"
          + " group \"fido\" and plug the key in again; in a container, pass on /dev/bus/usb and"
          + " allow it. On Windows, run the server as a service or as administrator.";

  private static final String NO_DEVICE_FILE =
      "The security key is plugged in, but its device file /dev/bus/usb/%03d/%03d is missing. In a"
          + " container, pass on the whole of /dev/bus/usb as the USB plugin's README says.";

  private static final String FORBIDDEN_DEVICE_FILE =
      "The security key is plugged in, but the system does not let the server open its device file"
          + " /dev/bus/usb/%03d/%03d. In a container, allow USB devices: --device-cgroup-rule"
          + " 'c 189:* rmw', as the USB plugin's README says.";

  /**
   * The exception for an error code.
   *
   * @param tried what failed, for instance {@code open the security key}
   * @param code of libusb, less than zero
   */
  static PluginException exception(String tried, int code) {
    return switch (code) {
      case LibUsb.ERROR_ACCESS ->
          new PluginException(Reason.MISCONFIGURED, NO_PERMISSION.formatted(tried));
      case LibUsb.ERROR_NO_DEVICE, LibUsb.ERROR_NOT_FOUND, LibUsb.ERROR_IO -> absent();
      case LibUsb.ERROR_BUSY ->
          new PluginException(
              Reason.KEY_BUSY,
              "Another program uses the security key (LIBUSB_ERROR_BUSY). Close it, or wait until"
                  + " it is done, and try again.");
      default ->
          new PluginException(
              Reason.UNAVAILABLE,
              "The server could not %s: libusb reports %s. Plug the key in again and try again."
                  .formatted(tried, LibUsb.errorName(code)));
    };
  }

  /**
   * A container shows the devices of its host, but not always the files to open them by, and these
   * can be opened only if it is told so. Libusb reports either as if the device were gone.
   */
  static PluginException shut(HidInterface hid, Sysfs.Obstacle obstacle) {
    String message =
        switch (obstacle) {
          case NO_FILE -> NO_DEVICE_FILE;
          case FORBIDDEN -> FORBIDDEN_DEVICE_FILE;
        };
    return new PluginException(Reason.MISCONFIGURED, message.formatted(hid.bus(), hid.address()));
  }

  static PluginException absent() {
    return new PluginException(
        Reason.KEY_ABSENT,
        "The security key was pulled out, or its connection broke. Plug it in and try again.");
  }
}
