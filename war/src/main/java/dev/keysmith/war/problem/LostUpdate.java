package dev.keysmith.war.problem;

import jakarta.persistence.OptimisticLockException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Recognises that another caller has changed an entity between reading and writing it. */
final class LostUpdate {

  private LostUpdate() {}

  /**
   * Whether a failure comes from it. At commit the transaction manager wraps what the persistence
   * provider says, some as the cause of a {@code RollbackException}, some as suppressed.
   */
  static boolean in(Throwable failure) {
    return in(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean in(Throwable failure, Set<Throwable> seen) {
    if (failure instanceof OptimisticLockException || isOfTheProvider(failure)) {
      return true;
    }
    if (!seen.add(failure)) {
      return false;
    }
    Throwable cause = failure.getCause();
    if (cause != null && in(cause, seen)) {
      return true;
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (in(suppressed, seen)) {
        return true;
      }
    }
    return false;
  }

  /** EclipseLink's own exception of that name, which it does not translate everywhere. */
  private static boolean isOfTheProvider(Throwable failure) {
    return failure
        .getClass()
        .getName()
        .equals("org.eclipse.persistence.exceptions.OptimisticLockException");
  }
}
