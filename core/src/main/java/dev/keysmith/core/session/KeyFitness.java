package dev.keysmith.core.session;

import dev.keysmith.core.ctap.AuthenticatorInfo;
import dev.keysmith.core.ctap.ClientPin.PinRetries;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.PinRefusal;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
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
  static List<Message> obstacles(
      AuthenticatorInfo info, Set<UUID> models, Optional<PinRetries> retries) {
    List<Message> found = new ArrayList<>();
    require(found, info.speaksCtap2(), Message.of(SessionMessage.NO_FIDO2));
    require(found, info.supportsDiscoverableCredentials(), Message.of(SessionMessage.NO_PASSKEYS));
    require(found, info.supportsClientPin(), Message.of(SessionMessage.NO_PIN));
    require(
        found,
        models.isEmpty() || models.contains(info.aaguid()),
        Message.of(SessionMessage.MODEL, info.aaguid()));
    require(found, !info.forcePinChange(), Message.of(SessionMessage.CHANGE_PIN_FIRST));
    retries.flatMap(PinRefusal::before).ifPresent(found::add);
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
              throw ProblemException.of(ProblemException.Kind.INVALID, first);
            });
  }

  /**
   * Judges whether another passkey fits, once leftovers of undone enrolments have been deleted.
   *
   * @throws ProblemException {@code INVALID} if the key says that it is full
   */
  static void checkRoom(AuthenticatorInfo info) {
    if (info.remainingDiscoverableCredentials().orElse(1) <= 0) {
      throw ProblemException.invalid(SessionMessage.FULL);
    }
  }

  private static void require(List<Message> found, boolean fit, Message obstacle) {
    if (!fit) {
      found.add(obstacle);
    }
  }
}
