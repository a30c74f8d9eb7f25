package dev.keysmith.war.login;

import dev.keysmith.core.operator.Operator;
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

  PanelSession(Operator operator, Instant begun, Instant now, String csrfToken) {
    this.operatorId = operator.id();
    this.begun = begun;
    this.active = now;
    this.csrfToken = csrfToken;
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

  void touch(Instant now) {
    active = now;
  }
}
