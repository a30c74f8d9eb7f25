package dev.keysmith.core.session;

import dev.keysmith.core.ctap.AuthenticatorInfo;
import dev.keysmith.core.ctap.ClientPin.PinRetries;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeyHoldings.Found;
import dev.keysmith.spi.Bytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether the key that is plugged in again is the one that was pulled out. Another key of the
 * same model fits into the same port.
 */
@ApplicationScoped
class KeyComparison {

  @Inject KeyHoldings holdings;

  /**
   * What a key shows of itself.
   *
   * @param open what takes no PIN
   * @param listed the credentials that it names with its PIN; empty if the PIN was not used
   * @param likely passkeys by which it was asked
   */
  record Traits(Open open, Optional<Set<Bytes>> listed, List<Passkey> likely) {}

  /**
   * What a key shows without its PIN. Two keys of a model differ in none of it if both are new.
   *
   * @param pinAttempts the wrong PINs that it would still take
   * @param room for passkeys, if it tells
   * @param credentials those that it names without its PIN
   */
  record Open(
      SecurityKey.Facts facts,
      boolean pinSet,
      Optional<Integer> pinAttempts,
      Optional<Integer> room,
      int minPinLength,
      boolean pinChangeForced,
      boolean alwaysUv,
      Set<Bytes> credentials) {}

  /**
   * Takes down what a key shows.
   *
   * @param key open, with its PIN if that is known
   * @param likely passkeys that it may hold
   */
  Traits look(OpenKey key, List<Passkey> likely) {
    Optional<Set<Bytes>> listed = listed(key, likely);
    // Last, because the right PIN gives the attempts back that wrong ones have cost.
    return new Traits(open(key, likely), listed, likely);
  }

  /**
   * Lets a key pass only if it shows what was taken down before. Its PIN is tried last, when
   * nothing else tells it from that key.
   *
   * @throws ProblemException {@code CONFLICT} if it is another key
   */
  void requireSame(Traits before, OpenKey back) {
    if (!open(back, before.likely()).equals(before.open())) {
      throw another();
    }
    if (before.listed().isPresent() && !before.listed().equals(listedAgain(back, before))) {
      throw another();
    }
  }

  private Optional<Set<Bytes>> listedAgain(OpenKey back, Traits before) {
    try {
      return listed(back, before.likely());
    } catch (ProblemException e) {
      if (back.hasRefusedPin()) {
        throw another();
      }
      throw e;
    }
  }

  private Optional<Set<Bytes>> listed(OpenKey key, List<Passkey> likely) {
    return key.pinLength() > 0 && key.info().isClientPinSet()
        ? Optional.of(Set.copyOf(holdings.withPin(key, likely).credentials()))
        : Optional.empty();
  }

  private Open open(OpenKey key, List<Passkey> likely) {
    AuthenticatorInfo info = key.info();
    Found found = holdings.withoutPin(key, likely);
    return new Open(
        KeyExaminations.facts(key),
        info.isClientPinSet(),
        KeyFitness.retries(key, info).map(PinRetries::left),
        info.remainingDiscoverableCredentials(),
        info.minPinLength(),
        info.forcePinChange(),
        info.alwaysUv(),
        Set.copyOf(found.credentials()));
  }

  private static ProblemException another() {
    return ProblemException.conflict(SessionMessage.SWAPPED);
  }
}
