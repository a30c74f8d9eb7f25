package dev.keysmith.testing.org.http;

import java.util.List;

/**
 * An error as Okta reports it: a status, an error code and its summary, and causes that say why.
 */
public final class OktaError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient List<String> causes;

  /**
   * @param status of HTTP
   * @param code of Okta, for instance {@code E0000007}
   * @param summary the sentence that Okta has for the code
   * @param causes the sentences that say why
   */
  public OktaError(int status, String code, String summary, String... causes) {
    super(summary);
    this.status = status;
    this.code = code;
    this.causes = List.of(causes);
  }

  /** Nothing has this id. */
  public static OktaError notFound(String id, String type) {
    return new OktaError(
        404, "E0000007", "Not found: Resource not found: " + id + " (" + type + ")");
  }

  /** A request that is not as the endpoint wants it. */
  public static OktaError invalid(String what, String cause) {
    return new OktaError(400, "E0000001", "Api validation failed: " + what, cause);
  }

  /** A path that is there for other methods, or none that a server takes. */
  public static OktaError methodNotSupported() {
    return new OktaError(405, "E0000022", "The endpoint does not support the provided HTTP method");
  }

  /** A token that is not, or no longer, valid. */
  public static OktaError invalidToken() {
    return new OktaError(401, "E0000011", "Invalid token provided");
  }

  /** A valid token whose rights do not reach. */
  public static OktaError accessDenied() {
    return new OktaError(
        403, "E0000006", "You do not have permission to perform the requested action");
  }

  /** More requests than the limit of the minute. */
  public static OktaError rateLimited() {
    return new OktaError(429, "E0000047", "API call exceeded rate limit due to too many requests.");
  }

  /** What the user's status forbids. */
  public static OktaError wrongStatus() {
    return new OktaError(
        403, "E0000038", "This operation is not allowed in the user's current status.");
  }

  /** A response of a security key that does not prove what it must. */
  public static OktaError invalidPasscode() {
    return new OktaError(
        403,
        "E0000068",
        "Invalid Passcode/Answer",
        "Your passcode doesn't match our records. Please try again.");
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** Okta's code. */
  public String code() {
    return code;
  }

  /** Why. */
  public List<String> causes() {
    return causes;
  }
}
