package dev.keysmith.war.crash;

/** How far a key session had come when its server was killed. */
enum Moment {
  IDLE("no key session ran there"),
  STARTING("the session is being started"),
  EXAMINING("the key is examined, its PIN set or checked"),
  INITIALISED("the key is in the inventory; no enrolment has begun"),
  SETTLING("an earlier attempt is being settled"),
  BEGUN("the enrolment has begun; the org has done nothing"),
  PENDING_UNKNOWN("the org has a pending factor; its id is not stored"),
  PENDING("the pending factor is stored; the key is not asked yet"),
  WRITING("the key is asked to write, and waits for a touch"),
  WRITTEN("the credential is on the key; it is not stored"),
  STORED("the credential is stored; it is not active at the org"),
  ACTIVE_UNKNOWN("the factor is active at the org; that is not stored"),
  ACTIVE("the passkey is active; the session is not over");

  private final String text;

  Moment(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
