package dev.keysmith.core.key;

import dev.keysmith.core.ctap.ClientPin.PinRetries;
import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.ctap.CtapStatus;
import dev.keysmith.core.problem.ProblemException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a key that refuses a PIN means for the person who has entered it. */
public final class PinRefusal {

  private static final Set<CtapStatus> REFUSALS =
      EnumSet.of(CtapStatus.PIN_INVALID, CtapStatus.PIN_AUTH_BLOCKED, CtapStatus.PIN_BLOCKED);

  private static final String PAUSED =
      "Too many wrong PINs in a row: the security key takes no other until it was pulled out. Plug"
          + " it in again, then enter the PIN with care.";

  private PinRefusal() {}

  static boolean is(CtapException e) {
    return REFUSALS.contains(e.status());
  }

  /** The refusal in words, with the number of tries that are left; anything else as it is. */
  static RuntimeException of(CtapException e, Optional<PinRetries> retries) {
    return switch (e.status()) {
      case PIN_BLOCKED -> blocked();
      case PIN_AUTH_BLOCKED -> paused();
      case PIN_INVALID -> wrong(retries);
      default -> e;
    };
  }

  /** Why a key takes no PIN at present, whichever it is; empty if it takes one. */
  public static Optional<ProblemException> before(PinRetries retries) {
    if (retries.left() == 0) {
      return Optional.of(blocked());
    }
    return retries.powerCycleNeeded() ? Optional.of(paused()) : Optional.empty();
  }

  private static ProblemException wrong(Optional<PinRetries> retries) {
    return retries
        .map(told -> before(told).orElseGet(() -> wrong(told.left())))
        .orElseGet(
            () ->
                ProblemException.invalid(
                    "key.pin-wrong-uncounted",
                    "The PIN is wrong. Start again with the right PIN: the security key does not"
                        + " tell how many attempts are left."));
  }

  private static ProblemException wrong(int left) {
    String attempts = left == 1 ? "One attempt is left." : left + " attempts are left.";
    return ProblemException.invalid(
            "key.pin-wrong", "The PIN is wrong. " + attempts + " Start again with the right PIN.")
        .with(left);
  }

  private static ProblemException blocked() {
    return ProblemException.conflict(
        "key.pin-blocked",
        "The PIN of this security key is blocked after too many wrong ones: no attempt is left."
            + " Only a reset, which erases all that is on it, makes it usable again.");
  }

  private static ProblemException paused() {
    return ProblemException.conflict("key.pin-paused", PAUSED);
  }
}
