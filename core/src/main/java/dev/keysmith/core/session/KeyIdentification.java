package dev.keysmith.core.session;

import dev.keysmith.core.custody.ErasedKey.Evidence;
import dev.keysmith.core.enrolment.LeftoverCredentials;
import dev.keysmith.core.enrolment.PasskeysOnKeys;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.key.SerialNumbers;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Tells which key of the inventory a key is that is about to be erased, and which passkeys it
 * holds: afterwards the key itself tells nothing.
 */
@ApplicationScoped
class KeyIdentification {

  @Inject SecurityKeys keys;
  @Inject SerialNumbers serialNumbers;
  @Inject PasskeysOnKeys onKeys;
  @Inject KeyHoldings holdings;
  @Inject LeftoverCredentials leftovers;

  /**
   * What is known of the key.
   *
   * @param keyId which one it is
   * @param by what tells it
   * @param found the passkeys that it proves to hold
   * @param candidates keys of the inventory that it may be, if nothing tells
   */
  record Identified(
      Optional<Long> keyId, Evidence by, List<Passkey> found, List<SecurityKey> candidates) {}

  /**
   * Identifies a key by the passkeys on it, by the word of the operator, or by its serial number.
   *
   * @param key open, with its PIN if that is known
   * @param claimed which one it is, says the operator
   * @throws ProblemException {@code CONFLICT} if it is not the one that the operator says
   */
  Identified identify(OpenKey key, Optional<Long> claimed) {
    Optional<SecurityKey> meant = claimed.map(keys::find);
    meant.ifPresent(it -> requireModel(it, key));
    Optional<SecurityKey> shown =
        meant.isPresent() ? meant : serialNumbers.bySerialNumber(key.plugged().descriptor());
    KeyHoldings.Found found = look(key, shown);
    Optional<Long> proved = found.keyId().or(() -> leftovers.keyHolding(found.credentials()));
    if (proved.isPresent()) {
      claimed.filter(id -> !proved.get().equals(id)).ifPresent(id -> refuse(id, proved));
      return new Identified(proved, Evidence.PASSKEYS, found.passkeys(), List.of());
    }
    if (shown.isPresent() && !(found.complete() && holdsPasskeys(shown.get()))) {
      Evidence by = claimed.isPresent() ? Evidence.OPERATOR : Evidence.SERIAL_NUMBER;
      return new Identified(shown.map(SecurityKey::id), by, List.of(), List.of());
    }
    claimed.ifPresent(id -> refuse(id, Optional.empty()));
    return new Identified(Optional.empty(), Evidence.NONE, List.of(), candidates(key, found));
  }

  /**
   * A key without a PIN holds no passkeys of this server. One that has listed all that it holds can
   * still be one without passkeys whose PIN is on record.
   */
  private List<SecurityKey> candidates(OpenKey key, KeyHoldings.Found found) {
    if (!key.info().isClientPinSet()) {
      return List.of();
    }
    SecurityKey.Facts facts = KeyExaminations.facts(key);
    return found.complete() ? onKeys.candidatesWithout(facts) : onKeys.candidates(facts);
  }

  private KeyHoldings.Found look(OpenKey key, Optional<SecurityKey> shown) {
    List<Passkey> likely = shown.map(it -> onKeys.opening(it.id())).orElse(List.of());
    return key.pinLength() > 0 && key.info().isClientPinSet()
        ? holdings.withPin(key, likely)
        : holdings.withoutPin(key, likely);
  }

  private boolean holdsPasskeys(SecurityKey key) {
    return !onKeys.inUse(key.id()).isEmpty();
  }

  private static void requireModel(SecurityKey known, OpenKey key) {
    if (!known.aaguid().equals(key.info().aaguid())) {
      throw ProblemException.conflict(SessionMessage.ANOTHER_MODEL, Long.toString(known.id()));
    }
  }

  private static void refuse(long claimed, Optional<Long> proved) {
    Object proof =
        proved.<Object>map(id -> Message.of(SessionMessage.PROVED, Long.toString(id))).orElse("");
    throw ProblemException.conflict(SessionMessage.IS_ANOTHER, Long.toString(claimed), proof);
  }
}
