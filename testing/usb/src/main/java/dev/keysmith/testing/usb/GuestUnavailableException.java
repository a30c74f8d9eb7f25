package dev.keysmith.testing.usb;

/** Says why there can be no guest on this machine. */
public final class GuestUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  GuestUnavailableException(String reason) {
    super(reason);
  }

  GuestUnavailableException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
