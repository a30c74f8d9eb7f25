package dev.keysmith.okta;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Puts identifiers into paths. */
final class Ids {

  private Ids() {}

  /** Whether Okta can have made an identifier. */
  static boolean isPlausible(String id) {
    return id.matches("[A-Za-z0-9_-]{1,255}");
  }

  /** An identifier of Okta's making; whatever else is in it names nothing at Okta. */
  static String checked(String what, String id) {
    if (!isPlausible(id)) {
      throw new PluginException(
          Reason.NOT_FOUND, "There is no such " + what + " at Okta: the identifier is malformed.");
    }
    return id;
  }

  /** Percent-encodes a segment of a path (RFC 3986, section 2.1). */
  static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
