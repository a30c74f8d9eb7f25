package dev.keysmith.core.event;

/** A recorded event has a type that this version of the server does not know. */
final class UnknownEventException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String type;

  UnknownEventException(String type) {
    super("Nothing in this version observes events of type " + type);
    this.type = type;
  }

  String type() {
    return type;
  }
}
