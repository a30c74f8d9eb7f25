package dev.keysmith.testing.org.http;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Something that goes wrong on demand.
 *
 * @param kind what
 * @param method of the requests that it meets, or {@code *}
 * @param path of the requests that it meets; {@code *} stands for one segment, {@code **} for any
 *     number
 * @param after how many matching requests pass first
 * @param times how many it then meets
 * @param delay how long {@link Kind#SLOW} waits, and when {@link Kind#RATE_LIMITED} says to return
 * @param status of HTTP for {@link Kind#SERVER_ERROR} and {@link Kind#HTML}
 */
public record Fault(
    Kind kind, String method, String path, int after, int times, Duration delay, int status) {

  /** What can go wrong. */
  public enum Kind {
    /** The answer is right and late. */
    SLOW,
    /** Nothing is done: 429, E0000047. */
    RATE_LIMITED,
    /** Nothing is done: 5xx, E0000009. */
    SERVER_ERROR,
    /** The work is done; the connection closes without an answer. */
    LOST_ANSWER,
    /** Nothing is done; the connection closes without an answer. */
    LOST_REQUEST,
    /** Nothing is done: 403, E0000068, as for a challenge that is no longer known. */
    EXPIRED_CHALLENGE,
    /** The work is done; the answer breaks off in the middle. */
    MALFORMED_JSON,
    /** Nothing is done: a web page, as from a proxy in between. */
    HTML
  }

  /** Checks the bounds. */
  public Fault {
    if (after < 0 || times < 1 || delay.isNegative() || status < 200 || status > 599) {
      throw new IllegalArgumentException(
          "A fault has after >= 0, times >= 1, delay >= 0 and a status of 200 to 599");
    }
  }

  /** A fault that meets the next matching request, once. */
  public static Fault of(Kind kind, String method, String path) {
    int status = kind == Kind.HTML ? 200 : 500;
    return new Fault(kind, method, path, 0, 1, Duration.ofSeconds(1), status);
  }

  /** The same for more requests. */
  public Fault times(int times) {
    return new Fault(kind, method, path, after, times, delay, status);
  }

  /** The same after letting some pass. */
  public Fault after(int passed) {
    return new Fault(kind, method, path, passed, times, delay, status);
  }

  /** The same with another delay. */
  public Fault delay(Duration delay) {
    return new Fault(kind, method, path, after, times, delay, status);
  }

  /** The same with another status. */
  public Fault status(int status) {
    return new Fault(kind, method, path, after, times, delay, status);
  }

  boolean meets(Call call) {
    return matches(method, path, call.method(), call.path());
  }

  static boolean matches(String method, String pattern, String actualMethod, String actualPath) {
    String regex =
        Pattern.quote(pattern)
            .replace("**", "\\E.\0\\Q")
            .replace("*", "\\E[^/]*\\Q")
            .replace("\0", "*");
    return (method.equals("*") || method.equalsIgnoreCase(actualMethod))
        && actualPath.matches(regex);
  }
}
