package dev.keysmith.okta;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The link to the next page, and the cursor that stands for it.
 *
 * <p>The cursor is path and query of the link, so it cannot lead to another host, however it is
 * changed.
 */
final class NextPage {

  /** One link of a header that may hold several (RFC 8288, section 3). */
  private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^,;<]+)*)");

  private static final Pattern REL_NEXT =
      Pattern.compile(
          ";\\s*rel\\s*=\\s*(\"(?:[^\"]*\\s)?next(?:\\s[^\"]*)?\"|next\\s*(?:;|$))",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_CURSOR = 4_096;

  private NextPage() {}

  /** The cursor of the page that follows an answer. */
  static Optional<String> cursorAfter(Request request, Org org, Answer answer) {
    return target(answer.all("link")).map(link -> cursor(request, org, link));
  }

  private static Optional<String> target(List<String> headers) {
    for (String header : headers) {
      Matcher link = LINK.matcher(header);
      while (link.find()) {
        if (REL_NEXT.matcher(link.group(2)).find()) {
          return Optional.of(link.group(1));
        }
      }
    }
    return Optional.empty();
  }

  private static String cursor(Request request, Org org, String link) {
    URI next = resolve(request, org, link);
    if (!isAt(org, next)) {
      throw Failure.failure(
          Reason.MISCONFIGURED,
          request,
          "the next page is said to be on another host than "
              + org.host()
              + ", which is not asked"
              + " with this org's credential. Enter the origin that the org itself uses.");
    }
    String path = next.getRawPath() + "?" + next.getRawQuery();
    String cursor = Bytes.of(path.getBytes(StandardCharsets.UTF_8)).toBase64Url();
    if (cursor.length() > LONGEST_CURSOR) {
      throw Failure.notUnderstood(request, "the link to the next page is too long");
    }
    return cursor;
  }

  private static URI resolve(Request request, Org org, String link) {
    try {
      return new URI(org.origin()).resolve(new URI(link.strip()));
    } catch (URISyntaxException e) {
      throw Failure.notUnderstood(request, "the link to the next page is no address");
    }
  }

  private static boolean isAt(Org org, URI link) {
    return link.toString().equals(org.origin())
        || link.toString().regionMatches(true, 0, org.origin() + "/", 0, org.origin().length() + 1);
  }

  /** The request for the page of a cursor. */
  static Request at(String intent, String cursor) {
    try {
      String path = new String(Bytes.fromBase64Url(cursor).toArray(), StandardCharsets.UTF_8);
      if (path.matches("/api/v1/[!-~]+") && !path.contains("/..")) {
        return Request.get(intent, path);
      }
    } catch (IllegalArgumentException e) {
      // Not one of ours, as below.
    }
    throw new PluginException(
        Reason.EXPIRED, "Could not " + intent + " at Okta: the cursor is not valid. Start again.");
  }
}
