package dev.keysmith.core.secret;

/** A sealed credential cannot be opened; the message says which one and what to do. */
public final class SecretException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SecretException(String message) {
    super(message);
  }
}
