package dev.keysmith.core.event;

/** A recorded event has a type that this version of the server does not know. */
final class UnknownEventException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownEventException(String type) {
    super(
        "Nothing in this version of the server observes events of type \""
            + type
            + "\". Was it recorded by a newer version? Retry it there, or discard it.");
  }
}
