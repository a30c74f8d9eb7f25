package dev.keysmith.station.home;

/** A setting or a file of this station is wrong; the message says what to do. */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what to do. */
  public ConfigurationException(String message) {
    super(message);
  }

  /** With what to do. */
  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
