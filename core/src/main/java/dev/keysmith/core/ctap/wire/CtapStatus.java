package dev.keysmith.core.ctap.wire;

import dev.keysmith.core.message.MessageCode;
import java.util.List;
import java.util.Locale;

/**
 * What a key answers to a command (CTAP 2.1, section 8.2); the bundles tell a person what it means.
 *
 * <p>Names and numbers are the standard's, without {@code CTAP1_ERR_} and {@code CTAP2_ERR_};
 * {@code UNSUPPORTED_EXTENSION}, {@code NO_OPERATION_PENDING} and {@code PIN_TOKEN_EXPIRED} are
 * those of CTAP 2.0 (section 6.3), which CTAP 2.1 has withdrawn and keys still send.
 */
public enum CtapStatus implements MessageCode {
  /** Done. */
  OK(0x00),
  /** The command is unknown to the key. */
  INVALID_COMMAND(0x01),
  /** A parameter is out of range. */
  INVALID_PARAMETER(0x02),
  /** The message has the wrong length. */
  INVALID_LENGTH(0x03),
  /** A packet is out of sequence. */
  INVALID_SEQ(0x04),
  /** The message did not arrive in time. */
  TIMEOUT(0x05),
  /** Another program talks to the key. */
  CHANNEL_BUSY(0x06),
  /** The command needs a lock on the channel. */
  LOCK_REQUIRED(0x0A),
  /** The channel is not valid. */
  INVALID_CHANNEL(0x0B),
  /** A CBOR value has the wrong type. */
  CBOR_UNEXPECTED_TYPE(0x11),
  /** The CBOR is not valid. */
  INVALID_CBOR(0x12),
  /** A parameter is missing. */
  MISSING_PARAMETER(0x14),
  /** A limit of the key was exceeded. */
  LIMIT_EXCEEDED(0x15),
  /** An extension is unknown to the key (CTAP 2.0). */
  UNSUPPORTED_EXTENSION(0x16),
  /** No room for another fingerprint. */
  FP_DATABASE_FULL(0x17),
  /** No room for a large blob. */
  LARGE_BLOB_STORAGE_FULL(0x18),
  /** A credential of the exclude list is on the key. */
  CREDENTIAL_EXCLUDED(0x19),
  /** The key is computing. */
  PROCESSING(0x21),
  /** The credential does not belong to the key. */
  INVALID_CREDENTIAL(0x22),
  /** The key waits for its user. */
  USER_ACTION_PENDING(0x23),
  /** The key is in another operation. */
  OPERATION_PENDING(0x24),
  /** There is nothing to go on with. */
  NO_OPERATIONS(0x25),
  /** None of the algorithms is known to the key. */
  UNSUPPORTED_ALGORITHM(0x26),
  /** The user or the key refused. */
  OPERATION_DENIED(0x27),
  /** No room for another discoverable credential. */
  KEY_STORE_FULL(0x28),
  /** There is no operation that could be ended (CTAP 2.0). */
  NO_OPERATION_PENDING(0x2A),
  /** The key does not have an option. */
  UNSUPPORTED_OPTION(0x2B),
  /** An option does not fit here. */
  INVALID_OPTION(0x2C),
  /** The command was cancelled. */
  KEEPALIVE_CANCEL(0x2D),
  /** There is no such credential on the key. */
  NO_CREDENTIALS(0x2E),
  /** The key was not touched in time. */
  USER_ACTION_TIMEOUT(0x2F),
  /** Not allowed now. */
  NOT_ALLOWED(0x30),
  /** The PIN is wrong. */
  PIN_INVALID(0x31),
  /** The PIN is blocked for good. */
  PIN_BLOCKED(0x32),
  /** The proof of user verification does not hold. */
  PIN_AUTH_INVALID(0x33),
  /** The PIN is blocked until the key is plugged in again. */
  PIN_AUTH_BLOCKED(0x34),
  /** The key has no PIN. */
  PIN_NOT_SET(0x35),
  /** The command needs a verified user. */
  PUAT_REQUIRED(0x36),
  /** The PIN does not obey the rules of the key. */
  PIN_POLICY_VIOLATION(0x37),
  /** The token has expired (CTAP 2.0). */
  PIN_TOKEN_EXPIRED(0x38),
  /** The request is too large for the key. */
  REQUEST_TOO_LARGE(0x39),
  /** The operation took too long. */
  ACTION_TIMEOUT(0x3A),
  /** The command needs a touch. */
  UP_REQUIRED(0x3B),
  /** Built-in user verification is blocked. */
  UV_BLOCKED(0x3C),
  /** A checksum is wrong. */
  INTEGRITY_FAILURE(0x3D),
  /** The sub-command is unknown to the key. */
  INVALID_SUBCOMMAND(0x3E),
  /** Built-in user verification failed. */
  UV_INVALID(0x3F),
  /** The token lacks a permission. */
  UNAUTHORIZED_PERMISSION(0x40),
  /** Any other failure, codes of extensions and vendors included. */
  OTHER(0x7F),
  /** Not a status of the standard: what came back cannot be read. */
  UNREADABLE_RESPONSE(-1);

  private static final List<String> PARAMETERS = List.of("command", "answer");

  private final int code;

  CtapStatus(int code) {
    this.code = code;
  }

  /** The status byte; -1 for {@link #UNREADABLE_RESPONSE}. */
  public int value() {
    return code;
  }

  /** Names it to programs and bundles of texts, for instance {@code ctap.pin-invalid}. */
  @Override
  public String code() {
    return "ctap." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The command, by its name in the standard, and the key's answer to it. */
  @Override
  public List<String> parameters() {
    return PARAMETERS;
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
}
