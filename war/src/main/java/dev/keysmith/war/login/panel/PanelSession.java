package dev.keysmith.war.login.panel;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/** What the server remembers of an operator who is signed in, from one request to the next. */
final class PanelSession implements Serializable {

  private static final long serialVersionUID = 1L;

  private final long operatorId;
  private final Instant begun;
  private final String csrfToken;
  private volatile Instant active;
  private volatile Instant confirmed;

  PanelSession(long operatorId, Instant begun, Instant now, String csrfToken) {
    this.operatorId = operatorId;
    this.begun = begun;
    this.active = now;
    this.confirmed = now;
    this.csrfToken = csrfToken;
  }

  /**
   * The session of an operator who has ended all others. That is no new proof of identity, so it is
   * as fresh as it was.
   */
  PanelSession renewed(Instant now) {
    PanelSession next = new PanelSession(operatorId, now, now, csrfToken);
    next.confirmed = confirmed;
    return next;
  }

  long operatorId() {
    return operatorId;
  }

  Instant begun() {
    return begun;
  }

  String csrfToken() {
    return csrfToken;
  }

  boolean isOver(Instant now, Duration idle, Duration absolute) {
    return !now.isBefore(active.plus(idle)) || !now.isBefore(begun.plus(absolute));
  }

  /** Whether its operator has shown within this time who it is. */
  boolean isFresh(Instant now, Duration within) {
    return now.isBefore(confirmed.plus(within));
  }

  void confirm(Instant now) {
    confirmed = now;
  }

  void touch(Instant now) {
    active = now;
  }
}
