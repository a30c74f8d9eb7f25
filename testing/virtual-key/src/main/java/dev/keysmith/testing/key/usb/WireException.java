package dev.keysmith.testing.key.usb;

import java.io.IOException;

/** The other side does not keep to the protocol; the message says where. */
final class WireException extends IOException {

  private static final long serialVersionUID = 1;

  WireException(String message) {
    super(message);
  }
}
