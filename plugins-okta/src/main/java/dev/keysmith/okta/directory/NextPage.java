package dev.keysmith.okta.directory;

import dev.keysmith.okta.http.Answer;
import dev.keysmith.okta.http.Failure;
import dev.keysmith.okta.http.Org;
import dev.keysmith.okta.http.Request;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The link to the next page, and the cursor that stands for it.
 *
 * <p>The cursor is path and query of the link, so it cannot lead to another host, however it is
 * changed. The same link always gives the same cursor, so the server notices a list that leads in a
 * circle.
 */
final class NextPage {

  private static final Pattern PATH = Pattern.compile("/api/v1/[!-~]+");
  private static final int LONGEST_CURSOR = 4_096;

  private NextPage() {}

  /** The cursor of the page that follows an answer. */
  static Optional<String> cursorAfter(Request request, Org org, Answer answer) {
    try {
      return LinkHeader.target(answer.all("link"), "next")
          .map(link -> cursor(request, org, resolved(request, org, link)));
    } catch (IllegalArgumentException e) {
      // A header that cannot be read must not end the list.
      throw Failure.notUnderstood(request, String.valueOf(e.getMessage()));
    }
  }

  private static String cursor(Request request, Org org, URI next) {
    if (!Org.originOf(next).equals(Optional.of(org.origin()))) {
      throw Failure.failure(
          Reason.MISCONFIGURED,
          request,
          "the next page is said to be on another host than "
              + org.host()
              + ", which is not asked"
              + " with this org's credential. Enter the origin that the org itself uses.");
    }
    String query = next.getRawQuery();
    String path = next.getRawPath() + (query == null ? "" : "?" + query);
    String cursor = Bytes.of(path.getBytes(StandardCharsets.UTF_8)).toBase64Url();
    if (cursor.length() > LONGEST_CURSOR) {
      throw new IllegalArgumentException("the link to the next page is too long");
    }
    if (!isOfTheApi(path)) {
      throw new IllegalArgumentException("the link to the next page leads out of the API");
    }
    return cursor;
  }

  /** Relative links are relative to the page that was asked for (RFC 8288, section 3.1). */
  private static URI resolved(Request request, Org org, String link) {
    String page = org.origin() + request.path().replaceFirst("[?].*", "");
    try {
      // Java takes a query alone for a relative path.
      return link.startsWith("?") ? new URI(page + link) : new URI(page).resolve(new URI(link));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the link to the next page is no address");
    }
  }

  private static boolean isOfTheApi(String path) {
    return PATH.matcher(path).matches() && !path.contains("/..");
  }

  /** The request for the page of a cursor. */
  static Request at(String intent, String cursor) {
    try {
      String path = new String(Bytes.fromBase64Url(cursor).toArray(), StandardCharsets.UTF_8);
      if (isOfTheApi(path)) {
        return Request.get(intent, path);
      }
    } catch (IllegalArgumentException e) {
      // Not one of ours, as below.
    }
    throw new PluginException(
        Reason.EXPIRED, "Could not " + intent + " at Okta: the cursor is not valid. Start again.");
  }
}
