package dev.keysmith.core.ctap;

import java.util.Locale;

/**
 * What a key answers to a command (CTAP 2.1, section 8.2), and what that means to a person.
 *
 * <p>The one place where a status is put into words. Names and numbers are the standard's, without
 * {@code CTAP1_ERR_} and {@code CTAP2_ERR_}; {@code UNSUPPORTED_EXTENSION}, {@code
 * NO_OPERATION_PENDING} and {@code PIN_TOKEN_EXPIRED} are those of CTAP 2.0 (section 6.3), which
 * CTAP 2.1 has withdrawn and keys still send.
 */
public enum CtapStatus {
  /** Done. */
  OK(0x00, "Done."),
  /** The command is unknown to the key. */
  INVALID_COMMAND(
      0x01,
      "The security key does not know this command: its firmware is too old for it. Use a newer"
          + " key."),
  /** A parameter is out of range. */
  INVALID_PARAMETER(0x02, "The security key did not accept what it was asked. " + Advice.REPORT),
  /** The message has the wrong length. */
  INVALID_LENGTH(0x03, "The security key did not accept the length of the message. " + Advice.LINE),
  /** A packet is out of sequence. */
  INVALID_SEQ(0x04, "The message to the security key arrived in disorder. " + Advice.LINE),
  /** The message did not arrive in time. */
  TIMEOUT(0x05, "The message to the security key did not arrive in time. " + Advice.LINE),
  /** Another program talks to the key. */
  CHANNEL_BUSY(
      0x06,
      "Another program is using the security key. Close browsers and key tools, then try again."),
  /** The command needs a lock on the channel. */
  LOCK_REQUIRED(0x0A, "Another program has locked the security key. " + Advice.REPLUG),
  /** The channel is not valid. */
  INVALID_CHANNEL(0x0B, "The security key has forgotten this connection. " + Advice.REPLUG),
  /** A CBOR value has the wrong type. */
  CBOR_UNEXPECTED_TYPE(
      0x11, "The security key did not understand what it was asked. " + Advice.REPORT),
  /** The CBOR is not valid. */
  INVALID_CBOR(0x12, "The security key could not read what it was asked. " + Advice.REPORT),
  /** A parameter is missing. */
  MISSING_PARAMETER(0x14, "The security key missed part of what it was asked. " + Advice.REPORT),
  /** A limit of the key was exceeded. */
  LIMIT_EXCEEDED(0x15, "This is more than the security key can hold or process at once."),
  /** An extension is unknown to the key (CTAP 2.0). */
  UNSUPPORTED_EXTENSION(
      0x16, "This model of security key cannot do what was asked of it. Use another model."),
  /** No room for another fingerprint. */
  FP_DATABASE_FULL(
      0x17, "The security key has no room for another fingerprint. Remove one, then try again."),
  /** No room for a large blob. */
  LARGE_BLOB_STORAGE_FULL(0x18, "The security key's storage for large data is full."),
  /** A credential of the exclude list is on the key. */
  CREDENTIAL_EXCLUDED(
      0x19,
      "This security key already holds a passkey of this user. Use another key, or remove that"
          + " passkey first."),
  /** The key is computing. */
  PROCESSING(0x21, "The security key is still at work. Wait a moment, then try again."),
  /** The credential does not belong to the key. */
  INVALID_CREDENTIAL(0x22, "This passkey was not made by this security key."),
  /** The key waits for its user. */
  USER_ACTION_PENDING(0x23, "The security key waits for a touch. Touch it, then try again."),
  /** The key is in another operation. */
  OPERATION_PENDING(0x24, "The security key is busy. Wait a moment, then try again."),
  /** There is nothing to go on with. */
  NO_OPERATIONS(0x25, "The security key has nothing to go on with. Begin again."),
  /** None of the algorithms is known to the key. */
  UNSUPPORTED_ALGORITHM(
      0x26,
      "The security key knows none of the signature algorithms that the identity provider accepts."
          + " Use another model."),
  /** The user or the key refused. */
  OPERATION_DENIED(
      0x27,
      "The security key refused, its user declined, or nobody touched it in time. Try again, and"
          + " touch it when it blinks."),
  /** No room for another discoverable credential. */
  KEY_STORE_FULL(
      0x28,
      "The security key is full. Delete a passkey that is no longer needed, or use another key."),
  /** There is no operation that could be ended (CTAP 2.0). */
  NO_OPERATION_PENDING(0x2A, "The security key has nothing to end. Begin again."),
  /** The key does not have an option. */
  UNSUPPORTED_OPTION(
      0x2B, "This model of security key cannot do what was asked of it. Use another model."),
  /** An option does not fit here. */
  INVALID_OPTION(0x2C, "The security key cannot do this in its present state. " + Advice.REPORT),
  /** The command was cancelled. */
  KEEPALIVE_CANCEL(0x2D, "The operation was cancelled."),
  /** There is no such credential on the key. */
  NO_CREDENTIALS(0x2E, "There is no such passkey on the security key."),
  /** Nobody touched the key in time. */
  USER_ACTION_TIMEOUT(
      0x2F, "The security key was not touched in time. Try again, and touch it when it blinks."),
  /** Not allowed now. */
  NOT_ALLOWED(
      0x30,
      "The security key does not allow this in its present state. A reset is allowed only within"
          + " seconds after the key was plugged in."),
  /** The PIN is wrong. */
  PIN_INVALID(
      0x31, "The PIN is wrong. After too many wrong attempts the security key blocks its PIN."),
  /** The PIN is blocked for good. */
  PIN_BLOCKED(
      0x32,
      "The PIN is blocked after too many wrong attempts. Only a reset, which erases all passkeys,"
          + " makes the security key usable again."),
  /** The proof of user verification does not hold. */
  PIN_AUTH_INVALID(
      0x33,
      "The security key no longer accepts the verification of its user. Enter the PIN again."),
  /** The PIN is blocked until the key is plugged in again. */
  PIN_AUTH_BLOCKED(
      0x34,
      "Too many wrong PINs in a row. Pull the security key out, plug it in again, and enter the PIN"
          + " with care."),
  /** The key has no PIN. */
  PIN_NOT_SET(0x35, "The security key has no PIN yet. Set one first."),
  /** The command needs a verified user. */
  PUAT_REQUIRED(
      0x36, "The security key wants its user verified. Enter its PIN, or set one, and try again."),
  /** The PIN does not obey the rules of the key. */
  PIN_POLICY_VIOLATION(
      0x37,
      "The PIN does not obey the rules of the security key: it is too short, too long, too simple or"
          + " not new, or it must be changed before the key can be used."),
  /** The token has expired (CTAP 2.0). */
  PIN_TOKEN_EXPIRED(
      0x38, "The verification of the security key's user has expired. Enter the PIN again."),
  /** The request is too large for the key. */
  REQUEST_TOO_LARGE(0x39, "What was asked is too large for the memory of the security key."),
  /** The operation took too long. */
  ACTION_TIMEOUT(
      0x3A,
      "The operation on the security key took too long. Try again, and touch the key when it"
          + " blinks."),
  /** The command needs a touch. */
  UP_REQUIRED(0x3B, "The security key needs a touch for this. Try again, and touch it."),
  /** Built-in user verification is blocked. */
  UV_BLOCKED(
      0x3C, "The fingerprint was not recognised too often. Verify yourself with the PIN instead."),
  /** A checksum is wrong. */
  INTEGRITY_FAILURE(0x3D, "Data on the security key is damaged."),
  /** The sub-command is unknown to the key. */
  INVALID_SUBCOMMAND(
      0x3E, "The security key does not know this command: use a key with newer firmware."),
  /** Built-in user verification failed. */
  UV_INVALID(0x3F, "The fingerprint was not recognised. Try again."),
  /** The token lacks a permission. */
  UNAUTHORIZED_PERMISSION(
      0x40, "The verification of the user does not extend to this. Enter the PIN again."),
  /** Any other failure, codes of extensions and vendors included. */
  OTHER(0x7F, "The security key failed without saying why. " + Advice.REPLUG),
  /** Not a status of the standard: what came back cannot be read. */
  UNREADABLE_RESPONSE(
      -1,
      "The security key sent an answer that does not follow the standard. "
          + Advice.REPLUG
          + " If it happens again, do not use this key.");

  private final int code;
  private final String meaning;

  CtapStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The status byte; -1 for {@link #UNREADABLE_RESPONSE}. */
  public int code() {
    return code;
  }

  /** Names it to programs and bundles of texts, for instance {@code ctap.pin-invalid}. */
  public String problemCode() {
    return "ctap." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it means to a person and what to do, in one or two sentences. */
  public String meaning() {
    return meaning;
  }

  /** The status of a code; {@link #OTHER} for codes that the standard does not name. */
  static CtapStatus of(int code) {
    for (CtapStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    return OTHER;
  }

  private static final class Advice {
    static final String REPORT = "Another model may work; please report this with the key's model.";
    static final String LINE = "Plug it in again, if need be at another port, and try again.";
    static final String REPLUG = "Pull it out, plug it in again, and try again.";
  }
}
