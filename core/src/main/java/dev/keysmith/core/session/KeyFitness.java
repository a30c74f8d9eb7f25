package dev.keysmith.core.session;

import dev.keysmith.core.ctap.AuthenticatorInfo;
import dev.keysmith.core.ctap.ClientPin.PinRetries;
import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.PinRefusal;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeyExaminations.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Whether a key can take passkeys, judged before anything is written on it. */
final class KeyFitness {

  private KeyFitness() {}

  /**
   * What the key says of itself that is in the way; empty if it is fit.
   *
   * @param models that may be used; empty if all may
   * @param retries of its PIN, if it has one and tells
   */
  static List<Obstacle> obstacles(
      AuthenticatorInfo info, Set<UUID> models, Optional<PinRetries> retries) {
    List<Obstacle> found = new ArrayList<>();
    require(
        found,
        info.speaksCtap2(),
        "key.no-fido2",
        "This security key knows only the old U2F protocol. Use a FIDO2 security key.");
    require(
        found,
        info.supportsDiscoverableCredentials(),
        "key.no-passkeys",
        "This security key cannot store passkeys. Use one that supports discoverable credentials.");
    require(
        found,
        info.supportsClientPin(),
        "key.no-pin",
        "This security key cannot have a PIN, so it cannot verify its owner. Use another one.");
    require(
        found,
        models.isEmpty() || models.contains(info.aaguid()),
        "key.model",
        "This model of security key ("
            + info.aaguid()
            + ") is not among those that may be used here. Use another one.");
    require(
        found,
        !info.forcePinChange(),
        "key.change-pin-first",
        "This security key asks for a new PIN before it can be used. Change its PIN, then start"
            + " again.");
    retries
        .flatMap(PinRefusal::before)
        .ifPresent(why -> found.add(new Obstacle(why.code(), String.valueOf(why.getMessage()))));
    return found;
  }

  /** How many wrong PINs a key would still take; empty if it has no PIN or does not tell. */
  static Optional<PinRetries> retries(OpenKey key, AuthenticatorInfo info) {
    try {
      return info.isClientPinSet()
          ? Optional.of(key.client().clientPin().pinRetries())
          : Optional.empty();
    } catch (CtapException e) {
      return Optional.empty();
    }
  }

  /**
   * Judges by what the key says of itself.
   *
   * @throws ProblemException {@code INVALID} with the first obstacle and its remedy
   */
  static void check(OpenKey key, Set<UUID> models) {
    AuthenticatorInfo info = key.info();
    obstacles(info, models, retries(key, info)).stream()
        .findFirst()
        .ifPresent(
            first -> {
              throw ProblemException.invalid(first.code(), first.message());
            });
  }

  /**
   * Judges whether another passkey fits, once leftovers of undone enrolments have been deleted.
   *
   * @throws ProblemException {@code INVALID} if the key says that it is full
   */
  static void checkRoom(AuthenticatorInfo info) {
    if (info.remainingDiscoverableCredentials().orElse(1) <= 0) {
      throw ProblemException.invalid(
          "key.full",
          "The security key is full. Delete a passkey that is not needed any more, or use another"
              + " key.");
    }
  }

  private static void require(List<Obstacle> found, boolean fit, String code, String obstacle) {
    if (!fit) {
      found.add(new Obstacle(code, obstacle));
    }
  }
}
