package dev.keysmith.core.session;

import dev.keysmith.core.enrolment.LeftoverCredentials;
import dev.keysmith.core.enrolment.PasskeysOnKeys;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.key.SerialNumbers;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells which key of the inventory a plugged one is; CTAP2 has no serial number.
 *
 * <p>What proves it is a passkey that Keysmith wrote on the key. The serial number of the USB
 * device is a hint only: some models show the same one on every device.
 */
@ApplicationScoped
class KeyRecognition {

  @Inject SecurityKeys keys;
  @Inject SerialNumbers serialNumbers;
  @Inject KeyHoldings holdings;
  @Inject Passkeys passkeys;
  @Inject PasskeysOnKeys onKeys;
  @Inject LeftoverCredentials leftovers;

  /**
   * Looks at a key by what it proves and by its serial number, before its PIN is spent.
   *
   * <p>A key that was initialised for another user has a PIN, and may hold passkeys that prove
   * which one it is: in the first case one without a PIN cannot be that key as it was left, in the
   * second the proof that it does not give without its PIN is asked for once that is known.
   *
   * @throws ProblemException {@code CONFLICT} if it is another user's, lost or retired, or if it
   *     holds passkeys of another user
   */
  void requireUsable(OpenKey key, SecurityKey.Facts facts, long owner) {
    List<SecurityKey> same = serialNumbers.showing(facts);
    KeyHoldings.Found found = holdings.withoutPin(key, likely(facts, same, owner));
    onKeys.requireOwn(found.passkeys(), owner);
    found.keyId().ifPresent(id -> keys.find(id).requireUsableBy(owner));
    List<SecurityKey> usable = same.stream().filter(known -> known.isUsableBy(owner)).toList();
    usable.forEach(known -> onKeys.requireNoneOfOthers(known.id(), owner));
    if (!usable.isEmpty()) {
      return;
    }
    boolean pinSet = key.info().isClientPinSet();
    for (SecurityKey known : same) {
      boolean cannotBe = known.state() == SecurityKey.State.ACTIVE && !pinSet;
      if (!cannotBe && !canBeProved(known)) {
        refuse(known, owner);
      }
    }
  }

  private boolean canBeProved(SecurityKey known) {
    return known.state() == SecurityKey.State.ACTIVE
        && !passkeys.activeOn(List.of(known.id())).isEmpty();
  }

  private static void refuse(SecurityKey known, long owner) {
    try {
      known.requireUsableBy(owner);
    } catch (ProblemException e) {
      throw ProblemException.conflict(
          SessionMessage.BY_SERIAL_NUMBER, Failure.message(e), Long.toString(known.id()));
    }
  }

  /**
   * Recognises a key whose PIN is known.
   *
   * @return its id in the inventory, if it is known; a key that tells nothing of itself is taken
   *     for the one of this owner and model on which nothing has been written yet
   * @throws ProblemException {@code CONFLICT} if it holds passkeys of another user
   */
  Optional<Long> recognise(OpenKey key, SecurityKey.Facts facts, long owner) {
    List<SecurityKey> same = serialNumbers.showing(facts);
    KeyHoldings.Found found = holdings.withPin(key, likely(facts, same, owner));
    onKeys.requireOwn(found.passkeys(), owner);
    Optional<Long> known =
        found
            .keyId()
            .or(() -> leftovers.keyHolding(found.credentials()))
            .or(() -> usable(same, owner))
            .or(() -> ofItsModel(facts, owner));
    if (found.complete() && found.holdsOthers()) {
      known.map(keys::find).ifPresent(it -> requireNotOfAnother(it, owner));
    }
    return known;
  }

  /** What Keysmith has not written, and was there before, is the former owner's. */
  private static void requireNotOfAnother(SecurityKey key, long owner) {
    if (key.wasOfAnotherThan(owner)) {
      throw PasskeysOnKeys.eraseFirst();
    }
  }

  /**
   * Recognises a key that has no PIN, and so no passkey of ours; one whose PIN an operator knows
   * has a PIN, so it is another.
   */
  Optional<Long> recogniseWithoutPin(SecurityKey.Facts facts, long owner) {
    return usable(serialNumbers.showing(facts), owner)
        .or(() -> ofItsModel(facts, owner).filter(id -> keys.find(id).pinKnown().isEmpty()));
  }

  private static Optional<Long> usable(List<SecurityKey> same, long owner) {
    return same.stream().filter(k -> k.isUsableBy(owner)).findFirst().map(SecurityKey::id);
  }

  private Optional<Long> ofItsModel(SecurityKey.Facts facts, long owner) {
    return serialNumbers.tellsItself(facts)
        ? Optional.empty()
        : passkeys.emptyKeyOf(owner, facts.aaguid());
  }

  private List<Passkey> likely(SecurityKey.Facts facts, List<SecurityKey> same, long owner) {
    return Stream.concat(
            passkeys.activeOn(owner, facts.aaguid()).stream(),
            passkeys.activeOn(same.stream().map(SecurityKey::id).toList()).stream())
        .toList();
  }
}
