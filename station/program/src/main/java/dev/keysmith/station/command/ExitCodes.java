package dev.keysmith.station.command;

/** With what the program ends; for scripts. */
final class ExitCodes {

  static final int OK = 0;

  /** It did not work; the message says why. */
  static final int FAILED = 1;

  /** The command line is wrong; picocli's code. */
  static final int USAGE = 2;

  /** This station is not paired. */
  static final int NOT_PAIRED = 3;

  /** The server said no. */
  static final int REFUSED = 4;

  /** A file or a setting of this station is wrong. */
  static final int CONFIGURATION = 5;

  /** No program runs with this station's directory. */
  static final int NOT_RUNNING = 6;

  private ExitCodes() {}
}
