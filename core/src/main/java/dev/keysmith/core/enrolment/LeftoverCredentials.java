package dev.keysmith.core.enrolment;

import dev.keysmith.spi.Bytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The credentials that undone enrolments may have left on security keys. */
@ApplicationScoped
public class LeftoverCredentials {

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  /** Those on a key. */
  @Transactional
  public List<LeftoverCredential> on(long keyId) {
    return entities
        .createQuery(
            "select l from LeftoverCredential l where l.keyId = :key order by l.id",
            LeftoverCredential.class)
        .setParameter("key", keyId)
        .getResultList();
  }

  /** Those of a relying party on a key. */
  List<LeftoverCredential> on(long keyId, String rpId) {
    return on(keyId).stream().filter(each -> each.rpId().equals(rpId)).toList();
  }

  /** The key on which one of these credentials was left. */
  @Transactional
  public Optional<Long> keyHolding(Collection<Bytes> credentialIds) {
    if (credentialIds.isEmpty()) {
      return Optional.empty();
    }
    return entities
        .createQuery(
            "select l.keyId from LeftoverCredential l where l.credentialId in :credentials",
            Long.class)
        .setParameter("credentials", credentialIds.stream().map(Bytes::toBase64Url).toList())
        .getResultStream()
        .findFirst();
  }

  /** One has been deleted on its key, or was not there. */
  @Transactional
  public void gone(LeftoverCredential leftover) {
    LeftoverCredential managed = entities.find(LeftoverCredential.class, leftover.id());
    if (managed != null) {
      entities.remove(managed);
    }
  }

  /** All that were on a key are gone with its memory. */
  @Transactional(TxType.MANDATORY)
  public void forget(long keyId) {
    entities
        .createQuery("delete from LeftoverCredential l where l.keyId = :key")
        .setParameter("key", keyId)
        .executeUpdate();
  }

  /** A new credential has replaced what an earlier attempt may have left for the same account. */
  @Transactional(TxType.MANDATORY)
  void forgetReplaced(long keyId, EnrolmentFacts facts) {
    entities
        .createQuery(
            "delete from LeftoverCredential l where l.keyId = :key and l.rpId = :rp"
                + " and l.userHandle = :handle")
        .setParameter("key", keyId)
        .setParameter("rp", facts.rpId().orElseThrow())
        .setParameter("handle", facts.userHandle().orElseThrow().toBase64Url())
        .executeUpdate();
  }
}
