package dev.keysmith.core.session;

import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import java.util.Optional;

/**
 * What is set on a key beside its passkeys, where the key can (CTAP 2.1, section 6.11).
 *
 * @param minPinLength 4 to 63 code points, for PINs from now on
 * @param forcePinChange whether the owner must choose another PIN before the next use
 * @param alwaysUv whether the key asks for its PIN at every use
 */
public record KeyPolicy(Optional<Integer> minPinLength, boolean forcePinChange, boolean alwaysUv) {

  private static final int SHORTEST = 4;
  private static final int LONGEST = 63;

  /** Checks the bounds. */
  public KeyPolicy {
    if (minPinLength.filter(length -> length < SHORTEST || length > LONGEST).isPresent()) {
      throw ProblemException.invalid(SessionMessage.POLICY, SHORTEST, LONGEST)
          .at("minPinLength", ProblemMessage.FIELD_RANGE, SHORTEST, LONGEST);
    }
  }

  /** Leaves the key as it is. */
  public static final KeyPolicy NONE = new KeyPolicy(Optional.empty(), false, false);

  /** The same, with a change of the PIN that the owner cannot put off. */
  public KeyPolicy withForcedPinChange() {
    return new KeyPolicy(minPinLength, true, alwaysUv);
  }

  /** Whether there is nothing to set. */
  public boolean isEmpty() {
    return equals(NONE);
  }
}
