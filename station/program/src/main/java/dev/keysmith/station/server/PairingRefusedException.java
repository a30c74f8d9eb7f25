package dev.keysmith.station.server;

/** The server refuses to pair this station; the message is the server's. */
public final class PairingRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PairingRefusedException(String message) {
    super(message);
  }
}
