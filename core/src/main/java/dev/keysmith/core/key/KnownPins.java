package dev.keysmith.core.key;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Keys whose PIN an operator knows. That belongs to the record of the key, whatever becomes of the
 * session that began it, until the key has been made to demand another PIN, or was erased.
 */
@ApplicationScoped
public class KnownPins {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject SecurityKeys keys;
  @Inject SerialNumbers serialNumbers;
  @Inject Audit audit;
  @Inject Clock clock;

  /**
   * Records whose a key is to be, before a PIN that an operator knows is set on it.
   *
   * @param known which key it was recognised as; empty if it has never been seen
   * @return the key in the inventory
   * @throws ProblemException {@code CONFLICT} if it is another user's, lost or retired
   */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public long expect(Actor by, Optional<Long> known, SecurityKey.Facts facts, long ownerId) {
    SecurityKey key = known.map(keys::find).orElseGet(() -> keys.add(by, facts));
    key.requireUsableBy(ownerId);
    if (key.state() == SecurityKey.State.IN_STOCK) {
      key.assign(ownerId);
      audit.record(
          by,
          "key.assigned",
          SecurityKeys.subject(key),
          Map.of("owner", Long.toString(ownerId), "state", key.state().name()));
    }
    key.see(facts);
    key.makePinKnown(clock.instant());
    return key.id();
  }

  /** An operator has entered the PIN of a key, and wants its owner to change it. */
  @Transactional
  public void add(long keyId) {
    keys.find(keyId).makePinKnown(clock.instant());
  }

  /** Whether an operator knows the PIN of a key. */
  @Transactional
  public boolean contains(long keyId) {
    return keys.find(keyId).pinKnown().isPresent();
  }

  /** The PIN that was to be set on a key was not set. */
  @Transactional
  public void withdraw(long keyId) {
    keys.find(keyId).endKnownPin();
  }

  /** A key has been made to demand another PIN before it does anything else. */
  @Transactional
  @Allowed({Role.ADMINISTRATOR, Role.OPERATOR})
  public void changeDemanded(Actor by, long keyId) {
    SecurityKey key = keys.find(keyId);
    key.endKnownPin();
    audit.record(by, "key.pin-change-demanded", SecurityKeys.subject(key), Map.of());
  }

  /**
   * Whether a key that nothing on it tells from others can be one with a known PIN: one of its
   * model that is this user's or in stock, and that holds no passkey in use.
   */
  @Transactional
  public boolean mayBeOf(long ownerId, SecurityKey.Facts facts) {
    return !serialNumbers.tellsItself(facts)
        && entities
                .createQuery(
                    "select count(k) from SecurityKey k where k.aaguid = :aaguid"
                        + " and k.pinKnown is not null"
                        + " and (k.ownerId = :owner or k.ownerId is null)"
                        + " and (k.serialNumber is null or k.serialShared is not null)"
                        + " and not exists (select p from Passkey p where p.keyId = k.id"
                        + " and p.state = dev.keysmith.core.passkey.Passkey.State.ACTIVE)",
                    Long.class)
                .setParameter("aaguid", facts.aaguid().toString())
                .setParameter("owner", ownerId)
                .getSingleResult()
            > 0;
  }
}
