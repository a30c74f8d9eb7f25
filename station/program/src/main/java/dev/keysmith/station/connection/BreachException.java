package dev.keysmith.station.connection;

/** The server broke the protocol; the message holds nothing of what it sent. */
final class BreachException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BreachException(String message) {
    super(message);
  }
}
