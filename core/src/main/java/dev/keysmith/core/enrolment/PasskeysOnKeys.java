package dev.keysmith.core.enrolment;

import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The passkeys by the security keys that hold them, and the rule that follows: a key by which one
 * user can sign in is not another user's to be written.
 *
 * <p>A revoked passkey opens the door until the identity provider has removed its factor, and one
 * whose enrolment is still to be settled may come to life. Both count as long as the credential is
 * on the key. An erased credential never counts.
 */
@ApplicationScoped
public class PasskeysOnKeys {

  /** Of {@code p}: whether the holder of the key can sign in with it, or soon could. */
  private static final String OPENS =
      "p.erased is null and (p.state = dev.keysmith.core.passkey.Passkey.State.ACTIVE"
          + " or p.state = dev.keysmith.core.passkey.Passkey.State.ENROLLING"
          + " or (p.state = dev.keysmith.core.passkey.Passkey.State.REVOKED"
          + " and p.factorId is not null and p.factorRemoved is null)"
          + " or exists (select f from EnrolmentFacts f where f.passkeyId = p.id))";

  /** Of a key {@code k}: whether it holds one of those. */
  private static final String HOLDS =
      "exists (select p from Passkey p where p.keyId = k.id and " + OPENS + ")";

  /** Of a key {@code k}: whether an operator knows its PIN, or it waits to be handed over. */
  private static final String PIN_ON_RECORD =
      "k.pinKnown is not null or exists (select r from RandomPin r where r.keyId = k.id)";

  private static final int MANY = 200;

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  /** How many active passkeys are on some keys, by id; a key that holds none is left out. */
  @Transactional
  public Map<Long, Long> count(Collection<Long> keyIds) {
    if (keyIds.isEmpty()) {
      return Map.of();
    }
    return entities
        .createQuery(
            "select p.keyId, count(p) from Passkey p where p.keyId in :keys and p.state = :active"
                + " group by p.keyId",
            Object[].class)
        .setParameter("keys", keyIds)
        .setParameter("active", Passkey.State.ACTIVE)
        .getResultStream()
        .collect(Collectors.toMap(row -> (Long) row[0], row -> (Long) row[1]));
  }

  /** Those on a key that are active or being written: what is to be decided about. */
  @Transactional
  public List<Passkey> inUse(long keyId) {
    return of(keyId, "p.keyId = :key").stream().filter(Passkey::isInUse).toList();
  }

  /** Those on a key that open the door, or may. */
  @Transactional
  public List<Passkey> opening(long keyId) {
    return of(keyId, "p.keyId = :key and " + OPENS);
  }

  /** All that are or were on a key, also those of erased credentials. */
  public List<Passkey> ever(long keyId) {
    return of(keyId, "p.keyId = :key");
  }

  private List<Passkey> of(long keyId, String which) {
    return entities
        .createQuery("select p from Passkey p where " + which + " order by p.id", Passkey.class)
        .setParameter("key", keyId)
        .getResultList();
  }

  /** The passkeys of these credentials, the newest first; unknown ones are left out. */
  @Transactional
  public List<Passkey> of(Collection<Bytes> credentials) {
    if (credentials.isEmpty()) {
      return List.of();
    }
    List<String> ids = credentials.stream().map(Bytes::toBase64Url).toList();
    return Stream.of(
            "select p from Passkey p where p.credentialId in :ids",
            "select p from Passkey p, EnrolmentFacts f where f.passkeyId = p.id"
                + " and f.credentialId in :ids")
        .flatMap(
            query ->
                entities
                    .createQuery(query, Passkey.class)
                    .setParameter("ids", ids)
                    .getResultStream())
        .distinct()
        .sorted(Comparator.comparing(Passkey::id).reversed())
        .toList();
  }

  /**
   * Those that may still be on keys of a model, in use or not, the newest first, at most some
   * hundred. A key hides credentials that it protects from all questions that do not name them.
   */
  @Transactional
  public List<Passkey> leftOn(UUID aaguid) {
    return entities
        .createQuery(
            "select p from Passkey p, SecurityKey k where k.id = p.keyId and k.aaguid = :aaguid"
                + " and p.credentialId is not null and p.erased is null order by p.id desc",
            Passkey.class)
        .setParameter("aaguid", aaguid.toString())
        .setMaxResults(MANY)
        .getResultList();
  }

  /**
   * The keys that a plugged one may be which tells nothing of itself: of its model, without a
   * serial number of their own, and with an owner, with passkeys on them, or with a PIN on record;
   * at most some hundred, the last activated first.
   */
  @Transactional
  public List<SecurityKey> candidates(SecurityKey.Facts facts) {
    return nameless(facts, "k.ownerId is not null or " + PIN_ON_RECORD + " or " + HOLDS);
  }

  /** As above, of a key that holds no passkey: those without one that have a PIN on record. */
  @Transactional
  public List<SecurityKey> candidatesWithout(SecurityKey.Facts facts) {
    return nameless(facts, "(" + PIN_ON_RECORD + ") and not " + HOLDS);
  }

  private List<SecurityKey> nameless(SecurityKey.Facts facts, String which) {
    return entities
        .createQuery(
            "select k from SecurityKey k where k.aaguid = :aaguid"
                + " and (k.serialNumber is null"
                + " or (k.serialNumber = :serial and k.serialShared is not null)) and ("
                + which
                + ") order by k.activated desc, k.id desc",
            SecurityKey.class)
        .setParameter("aaguid", facts.aaguid().toString())
        .setParameter("serial", facts.serialNumber().orElse(""))
        .setMaxResults(MANY)
        .getResultList();
  }

  /** The RP IDs for which passkeys are on keys. */
  @Transactional
  public List<String> relyingParties() {
    return entities
        .createQuery(
            "select distinct p.rpId from Passkey p where p.rpId is not null and p.erased is null",
            String.class)
        .getResultList();
  }

  /**
   * Lets a key be written for a user only if, by the inventory, no other user can sign in with it.
   *
   * @throws ProblemException {@code CONFLICT}
   */
  @Transactional
  public void requireNoneOfOthers(long keyId, long owner) {
    refuseIfAny(others(opening(keyId), owner));
  }

  /**
   * Lets a key be written for a user only if none of the passkeys that it proves to hold is another
   * user's, not even one that opens nothing any more: the key was not erased since.
   *
   * @param found the passkeys of the credentials on the key
   * @throws ProblemException {@code CONFLICT}
   */
  @Transactional
  public void requireOwn(Collection<Passkey> found, long owner) {
    List<Passkey> others = others(found, owner);
    refuseIfAny(others.stream().filter(this::opens).toList());
    if (!others.isEmpty()) {
      throw eraseFirst();
    }
  }

  private static List<Passkey> others(Collection<Passkey> passkeys, long owner) {
    return passkeys.stream().filter(each -> each.userId() != owner).toList();
  }

  private boolean opens(Passkey passkey) {
    return !entities
        .createQuery("select p.id from Passkey p where p.id = :id and " + OPENS, Long.class)
        .setParameter("id", passkey.id())
        .getResultList()
        .isEmpty();
  }

  private static void refuseIfAny(List<Passkey> opening) {
    if (opening.stream().anyMatch(Passkey::isInUse)) {
      throw ProblemException.conflict(EnrolmentMessage.KEY_HOLDS_PASSKEY_OF_OTHER);
    }
    if (!opening.isEmpty()) {
      throw ProblemException.conflict(EnrolmentMessage.KEY_REMOVAL_PENDING);
    }
  }

  /** The refusal of a key that another user has used and that was not erased since. */
  public static ProblemException eraseFirst() {
    return ProblemException.conflict(EnrolmentMessage.KEY_ERASE_FIRST);
  }

  /** Takes hold of a key on which a passkey is about to be written. */
  @Transactional(TxType.MANDATORY)
  void requireWritable(long keyId, long owner) {
    SecurityKey key = entities.find(SecurityKey.class, keyId);
    entities.refresh(key, LockModeType.PESSIMISTIC_WRITE);
    key.requireActiveFor(owner);
    requireNoneOfOthers(keyId, owner);
  }
}
