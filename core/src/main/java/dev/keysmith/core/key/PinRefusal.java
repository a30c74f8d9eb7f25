package dev.keysmith.core.key;

import dev.keysmith.core.ctap.ClientPin.PinRetries;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a key that refuses a PIN means for the person who has entered it. */
public final class PinRefusal {

  private static final Set<CtapStatus> REFUSALS =
      EnumSet.of(CtapStatus.PIN_INVALID, CtapStatus.PIN_AUTH_BLOCKED, CtapStatus.PIN_BLOCKED);

  private PinRefusal() {}

  static boolean is(CtapException e) {
    return REFUSALS.contains(e.status());
  }

  /** The refusal in words, with the number of tries that are left; anything else as it is. */
  static RuntimeException of(CtapException e, Optional<PinRetries> retries) {
    return switch (e.status()) {
      case PIN_BLOCKED -> refused(Message.of(KeyMessage.PIN_BLOCKED));
      case PIN_AUTH_BLOCKED -> refused(Message.of(KeyMessage.PIN_PAUSED));
      case PIN_INVALID -> wrong(retries);
      default -> e;
    };
  }

  /** Why a key takes no PIN at present, whichever it is; empty if it takes one. */
  public static Optional<Message> before(PinRetries retries) {
    if (retries.left() == 0) {
      return Optional.of(Message.of(KeyMessage.PIN_BLOCKED));
    }
    return retries.powerCycleNeeded()
        ? Optional.of(Message.of(KeyMessage.PIN_PAUSED))
        : Optional.empty();
  }

  private static ProblemException wrong(Optional<PinRetries> retries) {
    return retries
        .map(told -> before(told).map(PinRefusal::refused).orElseGet(() -> wrong(told.left())))
        .orElseGet(() -> ProblemException.invalid(KeyMessage.PIN_WRONG_UNCOUNTED));
  }

  private static ProblemException wrong(int left) {
    return ProblemException.invalid(KeyMessage.PIN_WRONG, left);
  }

  private static ProblemException refused(Message why) {
    return ProblemException.of(ProblemException.Kind.CONFLICT, why);
  }
}
