package dev.keysmith.core.problem;

import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.message.Message;
import dev.keysmith.spi.PluginException;
import java.util.Optional;

/** Finds the failure that a person can be told of, behind those that wrap it. */
public final class Failure {

  private Failure() {}

  /**
   * The known failure behind another one: a {@link ProblemException}, a {@link PluginException} or
   * a {@link CtapException}.
   *
   * @param failure any
   * @return the first one along the causes, at most ten deep
   */
  public static Optional<RuntimeException> known(Throwable failure) {
    return Causes.of(failure)
        .filter(Failure::isKnown)
        .map(RuntimeException.class::cast)
        .findFirst();
  }

  private static boolean isKnown(Throwable failure) {
    return failure instanceof ProblemException
        || failure instanceof PluginException
        || failure instanceof CtapException;
  }

  /**
   * What a person is told of a failure.
   *
   * @param failure any
   * @return {@link ProblemMessage#FAULT} if the failure is not a known one: its own text may hold
   *     personal data
   */
  public static Message message(Throwable failure) {
    return known(failure).map(Failure::ofKnown).orElse(Message.of(ProblemMessage.FAULT));
  }

  private static Message ofKnown(RuntimeException failure) {
    if (failure instanceof ProblemException problem) {
      return problem.message();
    }
    if (failure instanceof CtapException refusal) {
      return Message.of(refusal.status(), refusal.command(), refusal.answer());
    }
    PluginException plugin = (PluginException) failure;
    return Message.of(PluginMessage.of(plugin.reason()), String.valueOf(plugin.getMessage()));
  }
}
