package dev.keysmith.core.activation;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.seal.SealedRow;
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

/** A one-time code by which a user activates the own security key; its text is not kept. */
@Entity
@Table(name = "activation_code")
public class ActivationCode extends SealedRow {

  static final String KIND = "activation-code";

  /** Where a code stands. */
  public enum State {
    /** Can be redeemed, and goes on being so until a passkey is active or its time is over. */
    OPEN,
    /** A passkey was activated by it. */
    USED,
    /** Withdrawn, or replaced by a newer one. */
    REVOKED,
    /** Its time was over before a passkey was active. */
    EXPIRED
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Version private int version;

  @Column(name = "user_id")
  private long userId;

  @Column(name = "open_for")
  private @Nullable Long openFor;

  private String prefix = "";

  @Column(name = "hash_sealed")
  private String hashSealed = "";

  @Enumerated(EnumType.STRING)
  private State state = State.OPEN;

  private Instant issued = Instant.EPOCH;

  @Column(name = "issued_by")
  private String issuedBy = "";

  private Instant expires = Instant.EPOCH;
  private @Nullable Instant redeemed;
  private @Nullable Instant ended;

  @Column(name = "mail_sealed")
  private @Nullable String mailSealed;

  private @Nullable Instant mailed;

  @Column(name = "mail_problem")
  private @Nullable Message mailProblem;

  /** For the persistence provider. */
  protected ActivationCode() {}

  ActivationCode(long userId, Actor by, Instant now, Instant expires) {
    this.userId = userId;
    this.openFor = userId;
    this.issued = now;
    this.issuedBy = by.name();
    this.expires = expires;
  }

  /** Takes over what is kept of the text. */
  void keep(String codePrefix, String sealedHash, Optional<String> sealedForMail) {
    prefix = codePrefix;
    hashSealed = sealedHash;
    mailSealed = sealedForMail.orElse(null);
    seal();
  }

  /** The first redemption sets its last time; later ones change nothing. */
  void redeem(Instant now, Instant atLatest) {
    if (redeemed == null) {
      redeemed = now;
      expires = atLatest.isBefore(expires) ? atLatest : expires;
    }
  }

  /** It has led to an active passkey. */
  void use(Instant now) {
    end(State.USED, now);
  }

  /** One that was changed outside is sealed as a revoked one, whatever its state seemed to be. */
  void revoke(Instant now) {
    if (isChangedOutside()) {
      state = State.OPEN;
    }
    end(isOver(now) ? State.EXPIRED : State.REVOKED, now);
    seal();
  }

  private void end(State last, Instant now) {
    if (state == State.OPEN) {
      state = last;
      ended = now;
      openFor = null;
      mailSealed = null;
    }
  }

  /** The mail server has taken it. */
  void mailed(Instant now) {
    mailed = now;
    mailSealed = null;
    mailProblem = null;
  }

  /** It will never be sent, and why. */
  void notMailed(Message problem) {
    mailSealed = null;
    mailProblem = problem;
  }

  /** Sending it was given up for now, and why; it can still be sent. */
  void mailGivenUp(Message problem) {
    mailProblem = problem;
  }

  private boolean isOver(Instant now) {
    return !now.isBefore(expires);
  }

  /** Whether it can be redeemed now. */
  public boolean isOpen(Instant now) {
    return !isChangedOutside() && state == State.OPEN && !isOver(now);
  }

  /** Where it stands now. */
  public State state(Instant now) {
    return state == State.OPEN && isOver(now) ? State.EXPIRED : state;
  }

  String hashSealed() {
    return hashSealed;
  }

  Optional<String> mailSealed() {
    return Optional.ofNullable(mailSealed);
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

  @Override
  protected List<String> sealedValues() {
    return texts(id, userId, openFor, prefix, hashSealed, state, issued, expires, redeemed);
  }

  /** For whom it is. */
  public long userId() {
    return userId;
  }

  /** When it was issued. */
  public Instant issued() {
    return issued;
  }

  /** Who issued it. */
  public String issuedBy() {
    return issuedBy;
  }

  /** From when on it is refused. */
  public Instant expires() {
    return expires;
  }

  /** When it was redeemed first. */
  public Optional<Instant> redeemed() {
    return Optional.ofNullable(redeemed);
  }

  /** When it was used up or revoked. */
  public Optional<Instant> ended() {
    return Optional.ofNullable(ended);
  }

  /** Whether it waits to be sent by e-mail. */
  public boolean awaitsMail() {
    return mailSealed != null && mailProblem == null;
  }

  /** When it was sent by e-mail. */
  public Optional<Instant> mailed() {
    return Optional.ofNullable(mailed);
  }

  /** Why it could not be sent by e-mail. */
  public Optional<Message> mailProblem() {
    return Optional.ofNullable(mailProblem);
  }
}
