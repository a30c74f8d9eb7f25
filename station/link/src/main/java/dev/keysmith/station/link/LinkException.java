package dev.keysmith.station.link;

/** The other side sent what is not a frame. The message holds nothing of its content. */
public final class LinkException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LinkException(String message) {
    super(message);
  }

  LinkException(String message, Throwable cause) {
    super(message, cause);
  }
}
