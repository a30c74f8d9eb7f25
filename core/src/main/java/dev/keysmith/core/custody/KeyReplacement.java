package dev.keysmith.core.custody;

import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import java.util.Optional;

/**
 * A new key for an owner in place of one that is lost or retired.
 *
 * @param newKeyId a key in stock; empty if the owner initialises one that is in no inventory yet
 * @param reason {@code LOST} or {@code RETIRED}: what becomes of the old key, unless it is one of
 *     them already
 */
public record KeyReplacement(Optional<Long> newKeyId, SecurityKey.State reason) {

  /** Refuses what is no reason. */
  public KeyReplacement {
    if (reason != SecurityKey.State.LOST && reason != SecurityKey.State.RETIRED) {
      throw ProblemException.invalid(CustodyMessage.REPLACEMENT_REASON)
          .at("reason", ProblemMessage.FIELD_ONE_OF, "LOST, RETIRED");
    }
  }
}
