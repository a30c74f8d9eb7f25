package dev.keysmith.core.enrolment;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of enrolments, and of keys on which no passkey can be written. */
public enum EnrolmentMessage implements MessageCode {
  ACTIVATED("passkey.activated"),
  FAULT("enrolment.fault", "type"),
  INTERRUPTED("enrolment.interrupted"),
  LATER("enrolment.later", "why"),
  REVOKED("enrolment.revoked"),
  REVOKED_MEANWHILE("enrolment.revoked-meanwhile"),
  RUNS("enrolment.runs"),
  SETTLED("enrolment.settled", "passkey"),
  UNSETTLED("enrolment.unsettled"),
  KEY_CANNOT_TELL("key.cannot-tell"),
  KEY_ERASE_FIRST("key.erase-first"),
  KEY_HOLDS_PASSKEY("key.holds-passkey"),
  KEY_HOLDS_PASSKEY_OF_OTHER("key.holds-passkey-of-other"),
  KEY_MAY_HOLD_PASSKEY("key.holds-unknown-passkey"),
  KEY_REMOVAL_PENDING("key.removal-pending");

  private final String code;
  private final List<String> parameters;

  EnrolmentMessage(String code, String... parameters) {
    this.code = code;
    this.parameters = List.of(parameters);
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public List<String> parameters() {
    return parameters;
  }
}
