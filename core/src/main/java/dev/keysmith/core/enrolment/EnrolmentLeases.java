package dev.keysmith.core.enrolment;

import dev.keysmith.core.event.Events;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.PasskeyBeingRevoked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells enrolments that run, on whichever node, from those that have ended. One that runs holds a
 * lease and renews it; once that is over, any node takes the enrolment over and settles it.
 */
@ApplicationScoped
class EnrolmentLeases {

  /** Four renewals may be missed before an enrolment is taken for dead. */
  static final Duration LASTS = Duration.ofSeconds(20);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Events events;
  @Inject Clock clock;

  /** An enrolment whose outcome is not known. */
  record Open(long passkeyId, String attempt) {}

  /**
   * Renews the leases of enrolments that run here.
   *
   * @return those that shall go on; the others were revoked or taken over
   */
  @Transactional
  Set<String> renew(Collection<String> attempts) {
    entities
        .createQuery(
            "update EnrolmentFacts f set f.aliveUntil = :until"
                + " where f.attempt in :attempts and f.aliveUntil is not null")
        .setParameter("until", clock.instant().plus(LASTS))
        .setParameter("attempts", attempts)
        .executeUpdate();
    return entities
        .createQuery(
            "select f.attempt from EnrolmentFacts f, Passkey p where p.id = f.passkeyId"
                + " and p.state = :enrolling and f.attempt in :attempts"
                + " and f.aliveUntil is not null",
            String.class)
        .setParameter("enrolling", Passkey.State.ENROLLING)
        .setParameter("attempts", attempts)
        .getResultStream()
        .collect(Collectors.toSet());
  }

  /**
   * Takes an enrolment over to settle it: its own steps find from now on that they have ended.
   *
   * @return until when it is taken to be alive; empty if it may be settled, or is settled
   */
  @Transactional
  Optional<Instant> takeOver(long passkeyId, String attempt) {
    Instant now = clock.instant();
    Optional<EnrolmentFacts> facts = locked(passkeyId, attempt);
    Optional<Instant> alive = facts.flatMap(EnrolmentFacts::aliveUntil).filter(now::isBefore);
    if (alive.isEmpty()) {
      facts.ifPresent(EnrolmentFacts::ended);
    }
    return alive;
  }

  /** The steps of an enrolment have ended, here; what is left is to settle it. */
  @Transactional
  void end(long passkeyId, String attempt) {
    locked(passkeyId, attempt).ifPresent(EnrolmentFacts::ended);
  }

  /** Those of a user, in the order in which their passkeys were assigned. */
  @Transactional
  List<Open> of(long userId) {
    return entities
        .createQuery(
            "select f from EnrolmentFacts f, Passkey p where p.id = f.passkeyId"
                + " and p.userId = :user order by p.id",
            EnrolmentFacts.class)
        .setParameter("user", userId)
        .getResultStream()
        .map(facts -> new Open(facts.passkeyId(), facts.attempt()))
        .toList();
  }

  /** Asks again for the settlement of all that have ended: nothing may wait for ever. */
  @Transactional
  void remind() {
    List<SettlementDue> due =
        entities
            .createQuery(
                "select f from EnrolmentFacts f where f.aliveUntil is null", EnrolmentFacts.class)
            .getResultStream()
            .map(facts -> new SettlementDue(facts.passkeyId(), facts.attempt()))
            .toList();
    events.recordAll(due);
  }

  /** Asks for the settlement of what a revoked passkey has under way. */
  @Transactional(TxType.MANDATORY)
  void onPasskeyBeingRevoked(@Observes PasskeyBeingRevoked event) {
    Optional.ofNullable(entities.find(EnrolmentFacts.class, event.passkeyId()))
        .map(facts -> new SettlementDue(facts.passkeyId(), facts.attempt()))
        .ifPresent(events::record);
  }

  private Optional<EnrolmentFacts> locked(long passkeyId, String attempt) {
    return Optional.ofNullable(
            entities.find(EnrolmentFacts.class, passkeyId, LockModeType.PESSIMISTIC_WRITE))
        .filter(facts -> facts.attempt().equals(attempt));
  }
}
