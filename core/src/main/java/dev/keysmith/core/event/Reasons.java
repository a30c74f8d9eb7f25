package dev.keysmith.core.event;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import jakarta.enterprise.event.ObserverException;

/** Why a delivery failed, in words that may be kept and shown. */
final class Reasons {

  private Reasons() {}

  /** Messages of foreign exceptions stay in the log: they may hold personal data. */
  static String of(Throwable failure) {
    if (failure instanceof PluginException
        || failure instanceof ProblemException
        || failure instanceof UnknownEventException) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof ObserverException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    StackTraceElement[] trace = failure.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return failure.getClass().getName() + where + ". The server's log has the details.";
  }
}
