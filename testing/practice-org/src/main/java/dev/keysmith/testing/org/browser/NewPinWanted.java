package dev.keysmith.testing.org.browser;

/** The security key was handed out with a PIN that its owner has to change before the first use. */
public final class NewPinWanted extends BrowserException {

  private static final long serialVersionUID = 1L;

  NewPinWanted() {
    super(
        "This security key wants a PIN of its owner's own. Enter the one it was handed out with,"
            + " and a new one.");
  }

  /** The key wants another one than the PIN that was offered. */
  public NewPinWanted(String why) {
    super(why);
  }
}
