package dev.keysmith.core.session;

import dev.keysmith.core.enrolment.PasskeysOnKeys;
import dev.keysmith.core.key.KnownPins;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SerialNumbers;
import dev.keysmith.core.pin.RandomPins;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What is stored about a PIN before it is set: that an operator knows it, and a random one itself.
 * So neither is lost, wherever the session ends.
 */
@ApplicationScoped
class PinRecords {

  @Inject SerialNumbers serialNumbers;
  @Inject KnownPins known;
  @Inject RandomPins randoms;
  @Inject KeyRecognition recognition;
  @Inject PasskeysOnKeys onKeys;
  @Inject SecureRandom random;

  /** A PIN that obeys rules; the caller erases it. */
  char[] choose(PinRules rules) {
    return rules.random(random);
  }

  /**
   * A PIN is about to be set that an operator knows.
   *
   * @param facts of a key without a PIN, so that what is kept of an earlier one is worth nothing
   * @param kept the random PIN; empty if the operator has typed it; stays the caller's
   * @return the kept PIN
   */
  @Transactional
  Optional<Long> expect(KeySession session, SecurityKey.Facts facts, Optional<char[]> kept) {
    Optional<Long> recognised = recognition.recogniseWithoutPin(facts, session.owner());
    recognised.ifPresent(id -> onKeys.requireNoneOfOthers(id, session.owner()));
    long keyId = known.expect(session.by(), recognised, facts, session.owner());
    session.recognised(keyId);
    Optional<Long> pin =
        kept.map(
            it ->
                randoms.keep(
                    session.by(), new RandomPins.Origin(keyId, session.owner(), session.id()), it));
    if (serialNumbers.tellsItself(facts)) {
      randoms.dropOf(keyId, pin);
    }
    return pin;
  }

  /** The key says that the PIN was not set. */
  @Transactional
  void withdraw(KeySession session, Optional<Long> kept) {
    known.withdraw(session.keyId().orElseThrow());
    kept.ifPresent(randoms::drop);
  }

  /**
   * What is to be set on a key at the end: also what an earlier session has left to do.
   *
   * @param news whether the key, which has come with a PIN, is like none in the inventory
   */
  @Transactional
  KeyPolicy policy(KeySession session, SecurityKey.Facts facts, KeyPolicy wanted, boolean news) {
    long keyId = session.keyId().orElseThrow();
    boolean entered = wanted.forcePinChange() && !session.isOwners();
    if (entered || news && known.mayBeOf(session.owner(), facts)) {
      known.add(keyId);
    }
    return known.contains(keyId) ? wanted.withForcedPinChange() : wanted;
  }

  /** The key demands another PIN now. */
  void changeDemanded(KeySession session) {
    session.keyId().ifPresent(id -> known.changeDemanded(session.by(), id));
  }

  /** A key demands another PIN by what it says of itself; of that, a crash may have kept us. */
  @Transactional
  void seenDemanding(KeySession session, SecurityKey.Facts facts) {
    if (serialNumbers.tellsItself(facts)) {
      serialNumbers.showing(facts).stream()
          .filter(key -> key.pinKnown().isPresent())
          .forEach(key -> known.changeDemanded(session.by(), key.id()));
    }
  }
}
