package dev.keysmith.core.event;

import dev.keysmith.core.message.Message;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An event that could not be delivered and waits for an operator. */
@Entity
@Table(name = "dead_letter")
public class DeadLetter {

  @Id private String id;
  private String type;
  private String payload;
  private Instant recorded;

  @Column(name = "given_up")
  private Instant givenUp;

  private int attempts;
  private Message reason;

  /** For JPA. */
  protected DeadLetter() {}

  DeadLetter(String id, Envelope envelope, Instant givenUp, int attempts, Message reason) {
    this.id = id;
    this.type = envelope.type();
    this.payload = envelope.payload();
    this.recorded = envelope.recorded();
    this.givenUp = givenUp;
    this.attempts = attempts;
    this.reason = reason;
  }

  /** The delivery id that recording it returned. */
  public String id() {
    return id;
  }

  /** See {@link EventType}. */
  public String type() {
    return type;
  }

  /** The record as a JSON object. */
  public String payload() {
    return payload;
  }

  /** When it was recorded. */
  public Instant recorded() {
    return recorded;
  }

  /** When the last attempt failed. */
  public Instant givenUp() {
    return givenUp;
  }

  /** How many attempts failed. */
  public int attempts() {
    return attempts;
  }

  /** Why the last one failed, for people. */
  public Message reason() {
    return reason;
  }

  Envelope envelope() {
    return new Envelope(type, recorded, payload);
  }
}
