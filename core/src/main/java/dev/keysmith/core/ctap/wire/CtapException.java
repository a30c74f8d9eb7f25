package dev.keysmith.core.ctap.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key refused a command or answered what cannot be read.
 *
 * <p>The message is for logs and holds neither secrets nor personal data; the status tells a person
 * what it means.
 */
public final class CtapException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final CtapStatus status;
  private final int code;
  private final String command;
  private final String answer;

  private CtapException(CtapStatus status, int code, String command, String answer) {
    super(command + ": " + answer);
    this.answer = answer;
    this.status = status;
    this.code = code;
    this.command = command;
  }

  /** The key answered {@code code}, which is not success. */
  public static CtapException answered(CtapCommand command, int code) {
    CtapStatus status = CtapStatus.of(code);
    String name = status.value() == code ? status.name() : "a code of its own";
    String answer = String.format(Locale.ROOT, "%s, 0x%02X", name, code);
    return new CtapException(status, code, command.standardName(), answer);
  }

  /** The key answered success and nothing else, as some do where there is nothing. */
  public static CtapException nothing(CtapCommand command) {
    CtapStatus status = CtapStatus.NO_CREDENTIALS;
    return new CtapException(status, status.value(), command.standardName(), "nothing");
  }

  /** The client refuses, as the key would. */
  public static CtapException refused(CtapCommand command, CtapStatus status, String why) {
    String answer = status.name() + ", not sent: " + why;
    return new CtapException(status, status.value(), command.standardName(), answer);
  }

  /** The answer breaks the standard. */
  public static CtapException unreadable(String command, String why, @Nullable Throwable cause) {
    CtapStatus status = CtapStatus.UNREADABLE_RESPONSE;
    CtapException exception = new CtapException(status, status.value(), command, why);
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

  /** The answer, by its name in the standard and its number, or why there is none. */
  public String answer() {
    return answer;
  }

  /** The standard's name of the command, for instance {@code authenticatorMakeCredential}. */
  public String command() {
    return command;
  }
}
