package dev.keysmith.core.session;

import dev.keysmith.core.ctap.AuthenticatorInfo;
import dev.keysmith.core.problem.ProblemException;

/** Whether a key can take passkeys, judged before anything is written on it. */
final class KeyFitness {

  private KeyFitness() {}

  /**
   * Judges by what the key says of itself.
   *
   * @throws ProblemException {@code INVALID} with the first obstacle and its remedy
   */
  static void check(AuthenticatorInfo info) {
    require(
        info.speaksCtap2(),
        "key.no-fido2",
        "This security key knows only the old U2F protocol. Use a FIDO2 security key.");
    require(
        info.supportsDiscoverableCredentials(),
        "key.no-passkeys",
        "This security key cannot store passkeys. Use one that supports discoverable credentials.");
    require(
        info.supportsClientPin(),
        "key.no-pin",
        "This security key cannot have a PIN, so it cannot verify its owner. Use another one.");
    require(
        !info.forcePinChange(),
        "key.change-pin-first",
        "This security key asks for a new PIN before it can be used. Change its PIN, then start"
            + " again.");
  }

  /**
   * Judges whether another passkey fits, once leftovers of undone enrolments have been deleted.
   *
   * @throws ProblemException {@code INVALID} if the key says that it is full
   */
  static void checkRoom(AuthenticatorInfo info) {
    require(
        info.remainingDiscoverableCredentials().orElse(1) > 0,
        "key.full",
        "The security key is full. Delete a passkey that is not needed any more, or use another"
            + " key.");
  }

  private static void require(boolean fit, String code, String obstacle) {
    if (!fit) {
      throw ProblemException.invalid(code, obstacle);
    }
  }
}
