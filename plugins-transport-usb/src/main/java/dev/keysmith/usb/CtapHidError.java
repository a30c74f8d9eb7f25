package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.util.Locale;

/** What a key reports when it cannot take a message (CTAP 2.1, section 11.2.9.1.6). */
enum CtapHidError {
  INVALID_COMMAND(0x01, Reason.UNAVAILABLE, "it does not know FIDO2. Use a FIDO2 security key"),
  INVALID_PARAMETER(0x02, Reason.UNAVAILABLE, "a parameter was invalid. Plug it in again"),
  INVALID_LENGTH(0x03, Reason.UNAVAILABLE, "the request is too long for it"),
  INVALID_SEQUENCE(0x04, Reason.UNAVAILABLE, "packets were lost on the way. Plug it in again"),
  MESSAGE_TIMEOUT(0x05, Reason.UNAVAILABLE, "the request did not arrive whole. Plug it in again"),
  CHANNEL_BUSY(
      0x06,
      Reason.KEY_BUSY,
      "it still works on another one, perhaps of a program that was killed. Wait half a minute, or"
          + " pull it out and plug it in again"),
  LOCK_REQUIRED(
      0x0A, Reason.KEY_BUSY, "another program has locked it. Close that one and try again"),
  INVALID_CHANNEL(0x0B, Reason.UNAVAILABLE, "it no longer knows the channel. Try again"),
  OTHER(0x7F, Reason.UNAVAILABLE, "it gave no reason. Plug it in again");

  private final int code;
  private final Reason reason;
  private final String meaning;

  CtapHidError(int code, Reason reason, String meaning) {
    this.code = code;
    this.reason = reason;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  /** The exception for an error code, known or not. */
  static PluginException exception(int code) {
    for (CtapHidError error : values()) {
      if (error.code == code) {
        return new PluginException(
            error.reason, "The security key refused the request: %s.".formatted(error.text()));
      }
    }
    return new PluginException(
        Reason.UNAVAILABLE,
        "The security key refused the request with an error unknown to CTAPHID (0x%02X)."
            .formatted(code & 0xFF));
  }

  private String text() {
    return "%s (%s, 0x%02X)".formatted(meaning, name().toLowerCase(Locale.ROOT), code);
  }
}
