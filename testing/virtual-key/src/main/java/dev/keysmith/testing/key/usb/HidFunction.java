package dev.keysmith.testing.key.usb;

/** One HID interface of a USB device: a security key, a keyboard. */
public interface HidFunction {

  /** How it looks from outside; always the same. */
  HidLayout layout();

  /** Gives it power, as plugging in does. */
  HidReports powerUp();
}
