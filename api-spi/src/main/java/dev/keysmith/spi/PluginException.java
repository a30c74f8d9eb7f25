package dev.keysmith.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception by which a plugin reports that a call failed.
 *
 * <p><b>SPI-1.</b> The message says what was tried, what came back and what an operator can do. It
 * is shown to people and written to logs: it holds no secret (token, PIN, challenge) and no
 * personal data. The same is true of the causes.
 *
 * <p><b>SPI-2.</b> The {@link Reason} tells the server how to go on; a plugin picks the one whose
 * description fits, and never retries by itself an operation that changes something.
 */
public final class PluginException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why a call failed, as far as it decides what happens next. */
  public enum Reason {
    /**
     * The other side could not be reached, or answered that it is broken (HTTP 5xx). Whether the
     * operation took effect is unknown; the server finds out, and tries again later.
     */
    UNAVAILABLE,
    /**
     * The other side asks for patience; see {@link PluginException#retryAfter()}. The operation had
     * no effect.
     */
    RATE_LIMITED,
    /**
     * No answer within the time allowed, for instance because the key was not touched. Whether the
     * operation took effect is unknown.
     */
    TIMED_OUT,
    /** The security key is not, or no longer, there. */
    KEY_ABSENT,
    /** The security key is in use by another connection or another program. */
    KEY_BUSY,
    /** The registration ticket or its challenge is no longer valid: begin again. */
    EXPIRED,
    /** The other side understood the request and refused it; repeating it will not help. */
    REJECTED,
    /** What the request names (user, group, factor) does not exist there. */
    NOT_FOUND,
    /** Settings, credentials or permissions are wrong: an administrator must act first. */
    MISCONFIGURED
  }

  private final Reason reason;
  private final transient @Nullable Duration retryAfter;

  /**
   * A failure without another exception behind it.
   *
   * @param reason decides what happens next
   * @param message for people, see SPI-1
   */
  public PluginException(Reason reason, String message) {
    this(reason, message, null);
  }

  /**
   * A failure that another exception brought about.
   *
   * @param reason decides what happens next
   * @param message for people, see SPI-1
   * @param cause what the vendor's library threw; its message must obey SPI-1 too
   */
  public PluginException(Reason reason, String message, @Nullable Throwable cause) {
    super(said(message), cause);
    this.reason = Objects.requireNonNull(reason);
    this.retryAfter = null;
  }

  private PluginException(String message, Duration retryAfter) {
    super(said(message));
    this.reason = Reason.RATE_LIMITED;
    this.retryAfter = retryAfter.isNegative() ? Duration.ZERO : retryAfter;
  }

  /**
   * The other side asks to wait.
   *
   * @param message for people, see SPI-1
   * @param retryAfter how long, zero or more
   * @return an exception with reason {@link Reason#RATE_LIMITED}
   */
  public static PluginException rateLimited(String message, Duration retryAfter) {
    return new PluginException(message, retryAfter);
  }

  /** What a vendor's library leaves empty is passed on by some plugins. */
  private static String said(@Nullable String message) {
    return message == null || message.isBlank() ? "It does not say why." : message;
  }

  /** {@return why the call failed} */
  public Reason reason() {
    return reason;
  }

  /**
   * {@return how long to wait, present exactly if the reason is {@link Reason#RATE_LIMITED} and
   * known}
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
