package dev.keysmith.core.session;

import dev.keysmith.core.message.MessageCode;
import java.util.List;

/** What is told in a key session, and why one is refused. */
public enum SessionMessage implements MessageCode {
  STILL_UNSETTLED("session.still-unsettled"),
  FAULT("session.fault"),
  PROVED("key.proved", "key"),
  ALWAYS_UV("session.always-uv"),
  ANOTHER_MODEL("key.another-model", "key"),
  ASKING("session.asking"),
  BY_SERIAL_NUMBER("key.by-serial-number", "why", "key"),
  CANCELLED("session.cancelled"),
  CANNOT_LIST("key.cannot-list"),
  CHANGE_PIN_FIRST("key.change-pin-first"),
  DONE("session.done", "active", "total"),
  EARLIER_ATTEMPT("session.earlier-attempt"),
  ERASABLE("session.erasable"),
  ERASED("session.erased"),
  ERASED_TOO_LATE("session.erased-too-late"),
  ERASING("session.erasing"),
  ERASURE_UNKNOWN("session.erasure-unknown"),
  FIT("session.fit"),
  FULL("key.full"),
  INITIALISED("session.initialised"),
  IN_SESSION("key.in-session"),
  IS_ANOTHER("key.is-another", "key", "proof"),
  LEAD_KEY_OF_ANOTHER("lead.key-of-another"),
  LEAD_NOTHING_WAITS("lead.waits-not", "name"),
  LEAD_NOT_BEGUN("lead.not-begun"),
  LEAD_WAS_THERE("lead.was-there"),
  LEFTOVER("session.leftover"),
  LONGER_NEW_PIN("session.longer-new-pin", "length"),
  LONGER_PIN("session.longer-pin", "length"),
  LONG_TOUCH("session.long-touch"),
  MODEL("key.model", "aaguid"),
  NEW_PIN("session.new-pin"),
  NONE_WAITS("session.none-waits"),
  NONE_WRITTEN("session.none-written", "why"),
  NOT_REPLUGGED("key.not-replugged"),
  NOT_YOURS("key.not-yours"),
  NO_FIDO2("key.no-fido2"),
  NO_FORCED_CHANGE("session.no-forced-change"),
  NO_PASSKEYS("key.no-passkeys"),
  NO_PIN("key.no-pin"),
  NO_PIN_RULES("session.no-pin-rules"),
  NO_POLICIES("session.no-policies"),
  OWNER_IN_SESSION("activation.in-session"),
  PASSKEY_ACTIVE("session.passkey-active"),
  PASSKEY_FAILED("session.passkey-failed", "why"),
  PATIENCE("session.patience"),
  PIN_BROKEN("key.pin-broken"),
  PIN_BYTES("key.pin-bytes", "bytes", "most"),
  PIN_LENGTH("key.pin-length", "characters", "bytes"),
  PIN_LONG("key.pin-long", "most"),
  PIN_RANDOM("session.pin-random"),
  PIN_RIGHT("session.pin-right"),
  PIN_SET("session.pin-set"),
  PIN_SET_ALREADY("key.pin-set-already"),
  PIN_SHORT_KEY("key.pin-short-key", "least"),
  PIN_SHORT_ORGANISATION("key.pin-short-organisation", "least"),
  PIN_SHORT_POLICY("key.pin-short-policy", "least"),
  PIN_SIMPLE("key.pin-simple"),
  PLUG_IN("session.plug-in"),
  POLICIES_WAIT("session.policies-wait"),
  POLICY("key.policy", "least", "most"),
  PULL_OUT("session.pull-out"),
  REGISTERING("session.registering"),
  RESET_TRANSPORT("key.reset-transport", "transports"),
  RESET_UNCONFIRMED("key.reset-unconfirmed", "product", "word"),
  SOME_FAILED("session.some-failed", "active", "total", "why"),
  SWAPPED("key.swapped"),
  TOO_MANY("key.sessions"),
  TOUCH("session.touch"),
  UNKNOWN("key-session"),
  UNRECOGNISED("key.unrecognised"),
  UNSETTLED("session.unsettled", "why"),
  WORKFLOWS_LATE("session.workflows-late"),
  WRITING("session.writing"),
  WRITING_ONE("session.writing-one", "number", "total");

  private final String code;
  private final List<String> parameters;

  SessionMessage(String code, String... parameters) {
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
