package dev.keysmith.core.passkey;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told of passkeys and their enrolment. */
public enum PasskeyMessage implements MessageCode {
  CHANGED_OUTSIDE("passkey.changed-outside"),
  REASON_CHANGED("reason.changed-outside"),
  REASON_PROMISED("reason.promised"),
  REASON_ACTIVE("reason.active"),
  REASON_LEFT("reason.left"),
  REASON_ASSIGNED("reason.assigned"),
  NONE_LEFT("enrolment.interrupted"),
  ACTIVATED("passkey.activated"),
  ALREADY_ASSIGNED("passkey.already-assigned", "login"),
  ANOTHER_AAGUID("key.another-aaguid", "said", "attested"),
  ENROLMENT_FAULT("enrolment.fault", "type"),
  ENROLMENT_LATER("enrolment.later", "why"),
  ENROLMENT_REVOKED("enrolment.revoked"),
  ENROLMENT_RUNS("enrolment.runs"),
  ENROLMENT_SETTLED("enrolment.settled", "passkey"),
  ENROLMENT_UNSETTLED("enrolment.unsettled"),
  FOREIGN_INTEGRATION("passkey.foreign-integration", "login"),
  KEY_CANNOT_TELL("key.cannot-tell"),
  KEY_CHANGED("key.passkeys-changed"),
  KEY_ERASE_FIRST("key.erase-first"),
  KEY_HOLDS_PASSKEY("key.holds-passkey"),
  KEY_HOLDS_PASSKEY_OF_OTHER("key.holds-passkey-of-other"),
  KEY_IN_USE("key.passkeys-in-use", "passkeys"),
  KEY_MAY_HOLD_PASSKEY("key.holds-unknown-passkey"),
  KEY_REMOVAL_PENDING("key.removal-pending"),
  KEY_UNDECIDED("key.passkeys-undecided", "passkeys"),
  MODEL_UNPROVED("key.model-unproved"),
  NOT_VERIFIED("key.attestation", "cause"),
  RELYING_PARTY("passkey.relying-party", "rpId", "origin", "integration", "places"),
  REPLACEMENT_REASON("key.replacement-reason"),
  REVOKED_MEANWHILE("enrolment.revoked-meanwhile"),
  STATE("passkey.state", "verb", "id", "state"),
  UNKNOWN("passkey", "id"),
  USER_LEFT("passkey.user-left", "login"),
  USER_NOT_VERIFIED("key.not-verified");

  private final String code;
  private final List<String> parameters;

  PasskeyMessage(String code, String... parameters) {
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
