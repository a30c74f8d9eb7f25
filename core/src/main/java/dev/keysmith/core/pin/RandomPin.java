package dev.keysmith.core.pin;

import dev.keysmith.core.audit.Actor;
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
import java.time.Instant;
import java.util.List;

/** A PIN that was set at random and was not shown yet. */
@Entity
@Table(name = "random_pin")
class RandomPin extends SealedRow {

  static final String KIND = "random-pin";

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "keysmith_id")
  @SequenceGenerator(name = "keysmith_id", sequenceName = "keysmith_id", allocationSize = 50)
  private long id;

  @Column(name = "key_id")
  private long keyId;

  @Column(name = "user_id")
  private long userId;

  @Column(name = "session_id")
  private String sessionId = "";

  @Column(name = "set_by_kind")
  @Enumerated(EnumType.STRING)
  private Actor.Kind setByKind = Actor.Kind.SYSTEM;

  @Column(name = "set_by_id")
  private String setById = "";

  @Column(name = "pin_sealed")
  private String pinSealed = "";

  @Column(name = "set_at")
  private Instant setAt = Instant.EPOCH;

  private Instant expires = Instant.EPOCH;

  /** For the persistence provider. */
  protected RandomPin() {}

  RandomPin(Actor by, RandomPins.Origin origin, Instant setAt, Instant expires) {
    this.keyId = origin.keyId();
    this.userId = origin.userId();
    this.sessionId = origin.sessionId();
    this.setByKind = by.kind();
    this.setById = by.id();
    this.setAt = setAt;
    this.expires = expires;
  }

  /** What it was sealed for. */
  String purpose() {
    return "random-pin:" + id;
  }

  void seal(String sealed) {
    pinSealed = sealed;
    seal();
  }

  String sealed() {
    return pinSealed;
  }

  boolean isOver(Instant now) {
    return !now.isBefore(expires);
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
    return texts(id, keyId, userId, sessionId, setByKind, setById, pinSealed, setAt, expires);
  }

  long keyId() {
    return keyId;
  }

  long userId() {
    return userId;
  }

  String sessionId() {
    return sessionId;
  }

  Instant setAt() {
    return setAt;
  }

  Instant expires() {
    return expires;
  }
}
