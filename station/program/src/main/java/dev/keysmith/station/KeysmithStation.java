package dev.keysmith.station;

import dev.keysmith.station.command.StationCommand;

/** The program {@code keysmith-station}. */
public final class KeysmithStation {

  private KeysmithStation() {}

  /** Runs a command and ends with its exit code. */
  public static void main(String[] arguments) {
    System.exit(StationCommand.execute(arguments));
  }
}
