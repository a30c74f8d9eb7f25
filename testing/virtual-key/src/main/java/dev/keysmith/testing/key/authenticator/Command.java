package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapError;
import java.util.Map;

/** A command of the authenticator API (CTAP 2.1, section 6). */
@FunctionalInterface
interface Command {

  /** Nothing but the status {@code CTAP2_OK}. */
  Map<Object, Object> NOTHING = Map.of();

  /**
   * Runs the command.
   *
   * @return the response; empty for none
   * @throws CtapError to answer with another status than {@code CTAP2_OK}
   */
  Map<Object, Object> run(CborMap parameters);
}
