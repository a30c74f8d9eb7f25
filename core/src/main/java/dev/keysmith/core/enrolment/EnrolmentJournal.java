package dev.keysmith.core.enrolment;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.PasskeyActivated;
import dev.keysmith.core.passkey.PasskeyDetails;
import dev.keysmith.core.passkey.PasskeyMessage;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.seal.Seals;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.idp.RegistrationTicket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stores the facts of enrolments, each in a transaction of its own, before the next effect. */
@ApplicationScoped
class EnrolmentJournal {

  /** How an enrolment that did not succeed goes on. */
  enum Undone {
    /** The passkey waits for its key again. */
    POSTPONED,
    /** The passkey waits for an operator. */
    FAILED
  }

  /**
   * An enrolment under way, as far as it is known.
   *
   * @param attempt tells it from later ones for the same passkey
   * @param externalUserId the user at the identity provider
   * @param pendingBefore factors that were pending before and are not ours
   * @param revoked whether it shall end in nothing, however far it came
   */
  record Known(
      long passkeyId,
      String attempt,
      long integrationId,
      String externalUserId,
      Set<String> pendingBefore,
      Optional<RegistrationTicket> ticket,
      Optional<Bytes> credentialId,
      Optional<AuthenticatorAttestationResponse> response,
      boolean revoked) {}

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Audit audit;
  @Inject PasskeyDetails details;
  @Inject LeftoverCredentials leftovers;
  @Inject Events events;
  @Inject Seals seals;
  @Inject SealedResponses responses;
  @Inject Clock clock;
  @Inject PasskeysOnKeys onKeys;

  /**
   * Step one: the enrolment begins, and its settlement is scheduled for the case that it does not
   * come to its end; no effect at the identity provider yet.
   *
   * @return tells this attempt from later ones
   * @throws ProblemException {@code CONFLICT} if an earlier enrolment of the user is not settled:
   *     what is pending could not be told apart
   */
  @Transactional
  String begin(long passkeyId, long keyId, Collection<String> pendingBefore) {
    onKeys.requireWritable(keyId, passkey(passkeyId).userId());
    Passkey passkey = locked(passkeyId);
    passkey.requireUnchanged();
    user(passkey).requireUnchanged();
    passkey.begin(keyId);
    requireNoneOpen(passkey);
    Instant now = clock.instant();
    Instant aliveUntil = now.plus(EnrolmentLeases.LASTS);
    EnrolmentFacts facts = new EnrolmentFacts(passkeyId, pendingBefore, now, aliveUntil);
    entities.persist(facts);
    entities.flush();
    events.recordFor(aliveUntil, new SettlementDue(passkeyId, facts.attempt()));
    return facts.attempt();
  }

  private void requireNoneOpen(Passkey passkey) {
    boolean open =
        entities
            .createQuery(
                "select p.id from EnrolmentFacts f, Passkey p where p.id = f.passkeyId"
                    + " and p.userId = :user and p.integrationId = :integration",
                Long.class)
            .setParameter("user", passkey.userId())
            .setParameter("integration", passkey.integrationId())
            .getResultStream()
            .findAny()
            .isPresent();
    if (open) {
      throw ProblemException.conflict(EnrolmentMessage.UNSETTLED);
    }
  }

  /** Step two: the identity provider waits for a response. */
  @Transactional
  void registrationBegun(long passkeyId, String attempt, PendingRegistration registration) {
    running(passkeyId, attempt).registrationBegun(registration);
  }

  /** Step three: the key is about to write. */
  @Transactional
  void writing(long passkeyId, String attempt, Collection<Bytes> heldBefore) {
    requireWanted(passkeyId);
    running(passkeyId, attempt).writing(heldBefore);
  }

  /**
   * The key has refused to write, or what it has written does not verify; this is on it now and was
   * not before.
   */
  @Transactional
  void left(long passkeyId, String attempt, List<Bytes> credentialIds) {
    running(passkeyId, attempt).left(credentialIds);
  }

  /**
   * Step four: the credential is on the key, in the place of what an earlier attempt may have left
   * for the same account. Were that still noted, the next session would delete the new one.
   */
  @Transactional
  void credentialMade(
      long passkeyId,
      String attempt,
      Bytes credentialId,
      AuthenticatorAttestationResponse response) {
    EnrolmentFacts facts = running(passkeyId, attempt);
    facts.credentialMade(credentialId, responses.seal(passkeyId, response));
    leftovers.forgetReplaced(passkey(passkeyId).keyId().orElseThrow(), facts);
  }

  /**
   * Asked before what cannot be taken back.
   *
   * @throws ProblemException {@code CONFLICT} if the passkey was revoked meanwhile
   */
  @Transactional
  void requireWanted(long passkeyId) {
    passkey(passkeyId).requireUnchanged();
    if (passkey(passkeyId).state() == Passkey.State.REVOKED) {
      throw ProblemException.conflict(EnrolmentMessage.REVOKED);
    }
  }

  /** The end, well: the passkey is active, and what was kept for its sake is erased. */
  @Transactional
  void activated(Actor by, long passkeyId, String attempt, Factor factor) {
    Passkey passkey = locked(passkeyId);
    passkey.requireUnchanged();
    EnrolmentFacts facts = facts(passkeyId, attempt);
    Bytes credentialId = facts.credentialId().or(factor::credentialId).orElseThrow();
    passkey.activate(facts.rpId().orElseThrow(), credentialId, factor.id(), clock.instant());
    entities.remove(facts);
    long keyId = passkey.keyId().orElseThrow();
    audit.record(
        by, "passkey.activated", subject(passkey), details.of(passkey, "factor", factor.id()));
    events.record(new PasskeyActivated(passkeyId, passkey.userId(), keyId));
  }

  /**
   * The end, otherwise: nothing of the enrolment is left at the identity provider. What the key may
   * hold of it is noted.
   */
  @Transactional
  void undone(Actor by, Known known, Undone how, Message problem) {
    Passkey passkey = locked(known.passkeyId());
    EnrolmentFacts facts = facts(known.passkeyId(), known.attempt());
    // A key that had not been asked to write has written nothing.
    if (facts.heldBefore().isPresent()) {
      facts
          .userHandle()
          .ifPresent(handle -> passkey.keyId().ifPresent(key -> note(key, facts, handle)));
    }
    entities.remove(facts);
    if (known.response().isPresent()) {
      LateAnswerDue due = LateAnswerDue.of(known, seals);
      LateAnswerDue.LOOKS.forEach(after -> events.recordFor(clock.instant().plus(after), due));
    }
    Map<String, String> why = details.of(passkey, "why", problem.toString());
    if (passkey.state() != Passkey.State.REVOKED) {
      end(passkey, how, problem);
    }
    audit.record(by, "passkey.enrolment-undone", subject(passkey), why);
  }

  private static void end(Passkey passkey, Undone how, Message problem) {
    if (how == Undone.FAILED) {
      passkey.fail(problem);
    } else {
      passkey.postpone(problem);
    }
  }

  /** A factor that became active after its enrolment was undone has been removed. */
  @Transactional
  void lateFactorRemoved(long passkeyId, Factor factor) {
    Passkey passkey = passkey(passkeyId);
    audit.record(
        Actor.system(),
        "passkey.late-factor-removed",
        subject(passkey),
        details.of(passkey, "factor", factor.id()));
  }

  /** What is known of an enrolment; empty if its outcome is known. */
  @Transactional
  Optional<Known> known(long passkeyId) {
    return Optional.ofNullable(entities.find(EnrolmentFacts.class, passkeyId)).map(this::known);
  }

  private Known known(EnrolmentFacts facts) {
    Passkey passkey = passkey(facts.passkeyId());
    passkey.requireUnchanged();
    user(passkey).requireUnchanged();
    String externalUserId = user(passkey).externalId();
    return new Known(
        passkey.id(),
        facts.attempt(),
        passkey.integrationId(),
        externalUserId,
        facts.pendingBefore(),
        facts.ticket(externalUserId),
        facts.credentialId(),
        facts.responseSealed().map(text -> responses.open(passkey.id(), text)),
        passkey.state() == Passkey.State.REVOKED);
  }

  private void note(long keyId, EnrolmentFacts facts, Bytes userHandle) {
    entities.persist(
        new LeftoverCredential(
            keyId,
            facts.rpId().orElseThrow(),
            userHandle,
            facts.credentialId(),
            facts.heldBefore().orElse(""),
            clock.instant()));
  }

  private Passkey passkey(long id) {
    Passkey passkey = entities.find(Passkey.class, id);
    if (passkey == null) {
      throw ProblemException.notFound(PasskeyMessage.UNKNOWN, Long.toString(id));
    }
    return passkey;
  }

  /** Waits for the callers that change its state at this moment, revocation among them. */
  private Passkey locked(long id) {
    Passkey passkey = passkey(id);
    entities.refresh(passkey, LockModeType.PESSIMISTIC_WRITE);
    return passkey;
  }

  private EnrolmentFacts facts(long passkeyId, String attempt) {
    EnrolmentFacts facts = entities.find(EnrolmentFacts.class, passkeyId);
    if (facts == null || !facts.attempt().equals(attempt)) {
      throw settled(passkeyId);
    }
    return facts;
  }

  /** Of an enrolment whose own steps go on; refused once another node has taken it over. */
  private EnrolmentFacts running(long passkeyId, String attempt) {
    EnrolmentFacts facts = facts(passkeyId, attempt);
    if (facts.aliveUntil().isEmpty()) {
      throw settled(passkeyId);
    }
    return facts;
  }

  private static ProblemException settled(long passkeyId) {
    return ProblemException.conflict(EnrolmentMessage.SETTLED, Long.toString(passkeyId));
  }

  private User user(Passkey passkey) {
    return entities.find(User.class, passkey.userId());
  }

  private Subject subject(Passkey passkey) {
    return Subject.of("user", passkey.userId(), user(passkey).login());
  }
}
