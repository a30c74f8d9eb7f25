package dev.keysmith.core.event;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.Causes;
import dev.keysmith.core.problem.Failure;
import jakarta.enterprise.event.ObserverException;
import java.util.Optional;

/** Why a delivery failed, as it may be kept and shown. */
final class Reasons {

  private Reasons() {}

  /** Messages of foreign exceptions stay in the log: they may hold personal data. */
  static Message of(Throwable failure) {
    Optional<UnknownEventException> unknown = Causes.find(failure, UnknownEventException.class);
    if (unknown.isPresent()) {
      return Message.of(EventMessage.UNKNOWN_TYPE, unknown.get().type());
    }
    if (Failure.known(failure).isPresent()) {
      return Failure.message(failure);
    }
    Throwable fault =
        Causes.of(failure)
            .filter(cause -> !(cause instanceof ObserverException))
            .findFirst()
            .orElse(failure);
    StackTraceElement[] trace = fault.getStackTrace();
    String where = trace.length == 0 ? "" : trace[0].toString();
    return Message.of(EventMessage.FAULT, fault.getClass().getName(), where);
  }
}
