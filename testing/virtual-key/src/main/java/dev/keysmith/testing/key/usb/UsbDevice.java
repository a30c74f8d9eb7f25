package dev.keysmith.testing.key.usb;

import dev.keysmith.testing.key.VirtualKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A full-speed USB device made of HID interfaces. Plug it into a {@link UsbRedirPort} or a {@link
 * UsbIpServer}, into one at a time; it can be pulled out and plugged in again.
 *
 * @param identity what it says it is
 * @param functions its interfaces, numbered from 0
 */
public record UsbDevice(UsbIdentity identity, List<HidFunction> functions) {

  /** The vendor id of pid.codes, which lends product ids to open hardware. */
  private static final int VENDOR = 0x1209;

  private static final int SECURITY_KEY = 0xF1D0;
  private static final int COMPOSITE = 0xF1D1;
  private static final int KEYBOARD = 0xF1D2;
  private static final int INTERVAL_MILLIS = 5;
  private static final String MANUFACTURER = "Keysmith";

  /** Checks that no two interfaces share an endpoint. */
  public UsbDevice {
    functions = List.copyOf(functions);
    Set<Integer> endpoints = new HashSet<>();
    for (HidFunction function : functions) {
      for (int endpoint : function.layout().endpoints()) {
        if (!endpoints.add(endpoint)) {
          throw new IllegalArgumentException("Two interfaces share endpoint " + endpoint + ".");
        }
      }
    }
  }

  /** A security key and nothing else, with product and serial number of the virtual key. */
  public static UsbDevice securityKey(VirtualKey key) {
    return securityKey(FidoFunction.of(key, 0x81, 0x01, INTERVAL_MILLIS));
  }

  /** A security key and nothing else. */
  public static UsbDevice securityKey(FidoFunction fido) {
    return new UsbDevice(identity(SECURITY_KEY, fido.key()), List.of(fido));
  }

  /** A security key as the second interface, behind a keyboard that types one-time passwords. */
  public static UsbDevice securityKeyBehind(KeyboardFunction keyboard, VirtualKey key) {
    FidoFunction fido = FidoFunction.of(key, 0x84, 0x04, INTERVAL_MILLIS);
    return new UsbDevice(identity(COMPOSITE, key), List.of(keyboard, fido));
  }

  /** A keyboard and nothing else. */
  public static UsbDevice keyboard(KeyboardFunction keyboard) {
    return new UsbDevice(
        new UsbIdentity(VENDOR, KEYBOARD, MANUFACTURER, "Virtual keyboard", Optional.empty()),
        List.of(keyboard));
  }

  private static UsbIdentity identity(int productId, VirtualKey key) {
    return new UsbIdentity(
        VENDOR, productId, MANUFACTURER, key.product(), Optional.of(key.serialNumber()));
  }
}
