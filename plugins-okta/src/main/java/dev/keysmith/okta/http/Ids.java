package dev.keysmith.okta.http;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Puts identifiers into paths and searches. */
public final class Ids {

  private Ids() {}

  /** Whether Okta can have made an identifier. */
  public static boolean isPlausible(String id) {
    return id.matches("[A-Za-z0-9_-]{1,255}");
  }

  /** An identifier of Okta's making; whatever else is in it names nothing at Okta. */
  public static String checked(String what, String id) {
    if (!isPlausible(id)) {
      throw new PluginException(
          Reason.NOT_FOUND, "There is no such " + what + " at Okta: the identifier is malformed.");
    }
    return id;
  }

  /**
   * Whether a segment of a path can hold it. A slash, a backslash, a semicolon and a percent sign
   * are taken for structure by servers and proxies, encoded or not; dots alone lead elsewhere.
   */
  public static boolean fitsIntoAPath(String text) {
    return text.chars().noneMatch(c -> "/\\;%".indexOf(c) >= 0 || Character.isISOControl(c))
        && !text.equals(".")
        && !text.equals("..");
  }

  /** A text in an expression of Okta's searches (RFC 7644, section 3.4.2.2: as in JSON). */
  public static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Percent-encodes a segment of a path (RFC 3986, section 2.1). */
  public static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
