package dev.keysmith.core.passkey;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.seal.SealedRow;
import dev.keysmith.spi.Bytes;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A passkey for a user at an identity provider: assigned (promised) first, active once its owner
 * has initialised a security key.
 */
@Entity
@Table(name = "passkey")
public class Passkey extends SealedRow {

  static final String KIND = "passkey";

  /** Where a passkey stands. */
  public enum State {
    /** Promised; waits until the security key is initialised. */
    ASSIGNED,
    /** Being written on a key, or being settled after an interruption. */
    ENROLLING,
    /** The owner can sign in with it. */
    ACTIVE,
    /** Refused; waits for an operator to retry or revoke. */
    FAILED,
    /** Withdrawn. */
    REVOKED
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Version private int version;

  @Column(name = "user_id")
  private long userId;

  @Column(name = "integration_id")
  private long integrationId;

  @Column(name = "key_id")
  private @Nullable Long keyId;

  @Enumerated(EnumType.STRING)
  private State state = State.ASSIGNED;

  private @Nullable String promise;

  private Instant assigned = Instant.EPOCH;

  @Column(name = "assigned_by")
  private String assignedBy = "";

  private @Nullable Message problem;

  @Column(name = "rp_id")
  private @Nullable String rpId;

  @Column(name = "credential_id")
  private @Nullable String credentialId;

  @Column(name = "factor_id")
  private @Nullable String factorId;

  private @Nullable Instant activated;

  private @Nullable Instant revoked;

  @Column(name = "factor_removed")
  private @Nullable Instant factorRemoved;

  /** When its key was erased, and its credential with it. */
  private @Nullable Instant erased;

  /** For the persistence provider. */
  protected Passkey() {}

  /** Promises a passkey. */
  public Passkey(long userId, long integrationId, Actor by, Instant now) {
    this.userId = userId;
    this.integrationId = integrationId;
    this.promise = userId + ":" + integrationId;
    this.assignedBy = by.name();
    this.assigned = now;
  }

  /** The key is there: its enrolment begins. */
  public void begin(long key) {
    require(State.ASSIGNED, "begin");
    state = State.ENROLLING;
    keyId = key;
    erased = null;
    problem = null;
  }

  /** The identity provider has the credential: its owner can sign in with it. */
  public void activate(String rpId, Bytes credentialId, String factorId, Instant now) {
    require(State.ENROLLING, "activate");
    state = State.ACTIVE;
    promise = null;
    problem = null;
    this.rpId = rpId;
    this.credentialId = credentialId.toBase64Url();
    this.factorId = factorId;
    activated = now;
  }

  /** The enrolment was undone, and may be tried again without a further hand. */
  public void postpone(Message problem) {
    require(State.ENROLLING, "postpone");
    state = State.ASSIGNED;
    keyId = null;
    erased = null;
    this.problem = problem;
  }

  /** The enrolment was undone, and a retry will not help until an operator acts. */
  public void fail(Message problem) {
    require(State.ENROLLING, "fail");
    state = State.FAILED;
    keyId = null;
    erased = null;
    this.problem = problem;
  }

  /** An operator has mended what made it fail. */
  void retry() {
    require(State.FAILED, "retry");
    state = State.ASSIGNED;
    problem = null;
  }

  /** Withdraws it. An enrolment that is under way will end in nothing. */
  void revoke(Instant now) {
    if (isChangedOutside()) {
      withdraw(now);
      return;
    }
    if (state == State.REVOKED) {
      throw refused("revoke");
    }
    state = State.REVOKED;
    promise = null;
    revoked = now;
  }

  /** Which factor it had, and whose, is not known any more: a person looks there. */
  void withdraw(Instant now) {
    revoked = state == State.REVOKED ? revoked : now;
    state = State.REVOKED;
    promise = null;
    factorId = null;
    problem = Message.of(PasskeyMessage.CHANGED_OUTSIDE);
    seal();
  }

  /** The identity provider has no factor for it any more. */
  void factorRemoved(Instant now) {
    factorRemoved = now;
  }

  /** Its key was erased, so it allows no sign-in any more. */
  public void erase(Instant now) {
    erased = now;
  }

  private void require(State expected, String verb) {
    if (state != expected) {
      throw refused(verb);
    }
  }

  private ProblemException refused(String verb) {
    return ProblemException.conflict(PasskeyMessage.STATE, verb, id, state);
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  protected String kind() {
    return KIND;
  }

  @Override
  public String called() {
    return Long.toString(id);
  }

  /** Whose it is, at which account, on which key, and whether it opens the door. */
  @Override
  protected List<String> sealedValues() {
    return texts(
        id,
        userId,
        integrationId,
        keyId,
        state,
        promise,
        rpId,
        credentialId,
        factorId,
        factorRemoved,
        erased);
  }

  /** Whose passkey it is. */
  public long userId() {
    return userId;
  }

  /** At which identity provider. */
  public long integrationId() {
    return integrationId;
  }

  /** The key it is, or is being, written on. */
  public Optional<Long> keyId() {
    return Optional.ofNullable(keyId);
  }

  /** Where it stands. */
  public State state() {
    return state;
  }

  /** Whether it is promised and not yet active. */
  public boolean isPending() {
    return promise != null;
  }

  /** Whether its key was erased, and its credential with it. */
  public boolean isErased() {
    return erased != null;
  }

  /** Whether it is active or being written, on a key that was not erased. */
  public boolean isInUse() {
    return !isErased() && (state == State.ACTIVE || state == State.ENROLLING);
  }

  /** Why its user gets no other one where many get one at once. */
  public Message whyNoOther() {
    return Message.of(
        state == State.ACTIVE ? PasskeyMessage.REASON_ACTIVE : PasskeyMessage.REASON_PROMISED);
  }

  /** When it was promised. */
  public Instant assigned() {
    return assigned;
  }

  /** Who promised it: an operator or a workflow. */
  public String assignedBy() {
    return assignedBy;
  }

  /** Why the last attempt did not succeed and what to do, in words. */
  public Optional<Message> problem() {
    return Optional.ofNullable(problem);
  }

  /** For which relying party, once active. */
  public Optional<String> rpId() {
    return Optional.ofNullable(rpId);
  }

  /** The credential on the key, once active. */
  public Optional<Bytes> credentialId() {
    return Optional.ofNullable(credentialId).map(Bytes::fromBase64Url);
  }

  /** The factor at the identity provider, once active. */
  public Optional<String> factorId() {
    return Optional.ofNullable(factorId);
  }

  /** When it became active. */
  public Optional<Instant> activated() {
    return Optional.ofNullable(activated);
  }

  /** When it was withdrawn. */
  public Optional<Instant> revoked() {
    return Optional.ofNullable(revoked);
  }

  /** Whether a withdrawn passkey still has a factor at the identity provider. */
  public boolean awaitsRemoval() {
    return state == State.REVOKED && factorId != null && factorRemoved == null;
  }
}
