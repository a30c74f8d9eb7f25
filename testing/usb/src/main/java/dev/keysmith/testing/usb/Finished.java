package dev.keysmith.testing.usb;

/**
 * A command that has run in the guest.
 *
 * @param command as it was called, for messages
 * @param exit its exit code; 128 and the signal's number if a signal ended it
 * @param out what it wrote to standard output; on a terminal, all that it wrote
 * @param err what it wrote to standard error
 */
public record Finished(String command, int exit, String out, String err) {

  /**
   * What it wrote to standard output, if it succeeded.
   *
   * @throws IllegalStateException if it did not; holds all that it wrote
   */
  public String output() {
    if (exit != 0) {
      throw new IllegalStateException("Unsuccessful in the guest: " + this);
    }
    return out;
  }

  @Override
  public String toString() {
    return "%s%nexit code %d%n%s%n%s".formatted(command, exit, out, err);
  }
}
