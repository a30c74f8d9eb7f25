package dev.keysmith.core.ctap;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key refused a command or answered what cannot be read.
 *
 * <p>The message is for people and holds neither secrets nor personal data.
 */
public final class CtapException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final CtapStatus status;
  private final int code;
  private final String command;

  private CtapException(CtapStatus status, int code, String command, String message) {
    super(message);
    this.status = status;
    this.code = code;
    this.command = command;
  }

  /** The key answered {@code code}, which is not success. */
  static CtapException answered(CtapCommand command, int code) {
    CtapStatus status = CtapStatus.of(code);
    String name = status.code() == code ? status.name() : "a code of its own";
    String message =
        String.format(
            Locale.ROOT,
            "%s (%s answered %s, 0x%02X)",
            status.meaning(),
            command.standardName(),
            name,
            code);
    return new CtapException(status, code, command.standardName(), message);
  }

  /** The key answered success and nothing else, as some do where there is nothing. */
  static CtapException nothing(CtapCommand command) {
    CtapStatus status = CtapStatus.NO_CREDENTIALS;
    String message = status.meaning() + " (" + command.standardName() + " answered nothing)";
    return new CtapException(status, status.code(), command.standardName(), message);
  }

  /** The client refuses, as the key would. */
  static CtapException refused(CtapCommand command, CtapStatus status, String why) {
    String message =
        status.meaning() + " (" + command.standardName() + " was not sent: " + why + ")";
    return new CtapException(status, status.code(), command.standardName(), message);
  }

  /** The answer breaks the standard. */
  static CtapException unreadable(String command, String why, @Nullable Throwable cause) {
    CtapStatus status = CtapStatus.UNREADABLE_RESPONSE;
    String message = status.meaning() + " (" + command + ": " + why + ")";
    CtapException exception = new CtapException(status, status.code(), command, message);
    exception.initCause(cause);
    return exception;
  }

  /** What went wrong. */
  public CtapStatus status() {
    return status;
  }

  /** The status byte as sent, also where {@link #status()} is {@link CtapStatus#OTHER}. */
  public int code() {
    return code;
  }

  /** The standard's name of the command, for instance {@code authenticatorMakeCredential}. */
  public String command() {
    return command;
  }
}
