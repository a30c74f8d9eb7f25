package dev.keysmith.core.enrolment;

import dev.keysmith.core.enrolment.EnrolmentJournal.Undone;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;

/** What a failure of the identity provider means for an enrolment: the one place that decides. */
final class Failures {

  private Failures() {}

  /** Whether asking again with the same registration cannot help. */
  static boolean isFinal(PluginException failure) {
    return switch (failure.reason()) {
      case EXPIRED, REJECTED, NOT_FOUND -> true;
      case UNAVAILABLE, RATE_LIMITED, TIMED_OUT, MISCONFIGURED, KEY_ABSENT, KEY_BUSY -> false;
    };
  }

  /** What this server forbids itself, an administrator allows before it is tried again. */
  static Undone undone(ProblemException problem) {
    return problem.kind() == ProblemException.Kind.FORBIDDEN ? Undone.FAILED : Undone.POSTPONED;
  }

  /** Whether the passkey waits for its key again, or for an operator first. */
  static Undone undone(PluginException failure) {
    return switch (failure.reason()) {
      case REJECTED, NOT_FOUND, MISCONFIGURED -> Undone.FAILED;
      case EXPIRED, UNAVAILABLE, RATE_LIMITED, TIMED_OUT, KEY_ABSENT, KEY_BUSY -> Undone.POSTPONED;
    };
  }
}
