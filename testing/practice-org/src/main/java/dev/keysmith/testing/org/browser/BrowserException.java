package dev.keysmith.testing.org.browser;

/** Why the browser could not get an assertion, in words for people. */
public class BrowserException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrowserException(String message) {
    super(message);
  }

  static BrowserException status(int status) {
    return new BrowserException(
        switch (status) {
          case 0x27 -> "The security key declined, or it was not touched in time.";
          case 0x2D -> "The request was cancelled.";
          case 0x2E ->
              "The security key holds no passkey for this org, or shows it only with its PIN.";
          case 0x2F -> "The security key was not touched in time.";
          case 0x31 -> "The PIN is wrong.";
          case 0x32 -> "The PIN is blocked: too many wrong tries. The key must be reset.";
          case 0x33 -> "The security key did not accept the proof of the PIN.";
          case 0x34 -> "Too many wrong PINs in a row: pull the key out and plug it in again.";
          case 0x36 -> "The security key asks for its PIN.";
          case 0x37 -> "The security key refuses this PIN: it is too short, or the one before.";
          default -> String.format("The security key answered with status 0x%02X.", status);
        });
  }
}
