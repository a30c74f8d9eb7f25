package dev.keysmith.okta.credential;

import dev.keysmith.okta.http.Credential;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.time.Duration;
import java.util.Arrays;

/** A token of Okta's own kind (SSWS), made by an administrator whose rights it has. */
public final class ApiToken implements Credential {

  private final char[] token;
  private boolean closed;

  /** Copies the token; the caller erases its own. */
  public ApiToken(char[] token) {
    int start = 0;
    int end = token.length;
    while (start < end && Character.isWhitespace(token[start])) {
      start++;
    }
    while (end > start && Character.isWhitespace(token[end - 1])) {
      end--;
    }
    this.token = Arrays.copyOfRange(token, start, end);
    if (this.token.length == 0 || !isVisibleAscii(this.token)) {
      close();
      throw new PluginException(
          Reason.MISCONFIGURED,
          "The API token is missing or holds characters that no token has. Enter it again.");
    }
  }

  private static boolean isVisibleAscii(char[] text) {
    for (char c : text) {
      if (c <= ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  @Override
  public synchronized String authorization(Duration patience) {
    if (closed) {
      throw new PluginException(Reason.UNAVAILABLE, "The integration has been closed.");
    }
    return "SSWS " + new String(token);
  }

  @Override
  public boolean refused(String authorization) {
    return false;
  }

  @Override
  public String remedy() {
    return "The API token is wrong, was revoked, lapsed after 30 days without use, belongs to"
        + " another org, or its owner was deactivated; or it is bound to a network zone that this"
        + " server is not in. Make a new one (Security > API > Tokens) and enter it.";
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(token, '\0');
  }
}
