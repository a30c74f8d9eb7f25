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
 * @param status of HTTP for {@link Kind#SERVER_ERROR}, {@link Kind#HTML} and {@link Kind#REFUSED}
 * @param detail the error code for {@link Kind#REFUSED}, the field for {@link Kind#NULLS}; may be
 *     empty
 */
public record Fault(
    Kind kind,
    String method,
    String path,
    int after,
    int times,
    Duration delay,
    int status,
    String detail) {

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
    HTML,
    /** Nothing is done: an error of Okta's list. */
    REFUSED,
    /** The work is done; in the answer, the values of a field are null, or every value. */
    NULLS,
    /** The work is done; an object without fields is answered. */
    OBJECT,
    /** The links to other pages stand in one header, with titles, commas and single quotes. */
    ODD_LINKS,
    /** Every page but the first one names the first one as the next one. */
    CIRCLE
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
    int status = kind == Kind.HTML ? 200 : kind == Kind.REFUSED ? 403 : 500;
    String detail = kind == Kind.REFUSED ? "E0000006" : "";
    return new Fault(kind, method, path, 0, 1, Duration.ofSeconds(1), status, detail);
  }

  /** The same for more requests. */
  public Fault times(int times) {
    return new Fault(kind, method, path, after, times, delay, status, detail);
  }

  /** The same after letting some pass. */
  public Fault after(int passed) {
    return new Fault(kind, method, path, passed, times, delay, status, detail);
  }

  /** The same with another delay. */
  public Fault delay(Duration delay) {
    return new Fault(kind, method, path, after, times, delay, status, detail);
  }

  /** The same with another status. */
  public Fault status(int status) {
    return new Fault(kind, method, path, after, times, delay, status, detail);
  }

  /** The same with another detail. */
  public Fault detail(String detail) {
    return new Fault(kind, method, path, after, times, delay, status, detail);
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
