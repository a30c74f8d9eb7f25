package dev.keysmith.okta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * Says what went wrong in a way that an operator can act on, without secrets and personal data.
 *
 * <p>No cause is attached: what libraries throw may quote what was sent or received.
 */
final class Failure {

  private static final String SYSTEM_LOG = "Look the error up in Okta's system log.";

  private static final String NOT_ALLOWED =
      "Check in Okta's console that the authenticator \"Passkey (FIDO2 WebAuthn)\" (older name:"
          + " \"FIDO2 (WebAuthn)\") is active, that the authenticator enrollment policy allows it"
          + " for this user, and that the user has not reached the limit of ten.";

  private Failure() {}

  /** Nothing came back. */
  static PluginException unreachable(Request request, Org org, IOException e) {
    String host = org.host();
    if (e instanceof UnknownHostException) {
      return failure(
          Reason.UNAVAILABLE,
          request,
          "the host "
              + host
              + " is unknown. Check the origin for typing errors, and the name"
              + " resolution and proxy of this server.");
    }
    if (e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException) {
      return failure(
          Reason.MISCONFIGURED,
          request,
          "no trusted TLS connection to "
              + host
              + " ("
              + redact(String.valueOf(e.getMessage()))
              + "). Check the origin; if a proxy here replaces certificates, let this server's"
              + " Java trust it.");
    }
    if (notSent(e)) {
      return failure(
          Reason.UNAVAILABLE,
          request,
          "no connection to "
              + host
              + " ("
              + e.getClass().getSimpleName()
              + "). Check the network,"
              + " firewall and proxy between this server and Okta.");
    }
    Reason reason = request.repeatable() ? Reason.UNAVAILABLE : Reason.TIMED_OUT;
    return failure(
        reason,
        request,
        "no answer came from "
            + host
            + " ("
            + e.getClass().getSimpleName()
            + "). Whether it took"
            + " effect is unknown.");
  }

  private static boolean notSent(IOException e) {
    return e instanceof ConnectException
        || e instanceof ConnectTimeoutException
        || e instanceof NoRouteToHostException
        || e instanceof ConnectionRequestTimeoutException;
  }

  /** Whether a second attempt may have another outcome. */
  static boolean mayPass(IOException e) {
    return e instanceof SocketTimeoutException
        || !(e instanceof UnknownHostException
            || e instanceof SSLHandshakeException
            || e instanceof SSLPeerUnverifiedException);
  }

  /** An answer came, with a status other than 2xx. */
  static PluginException refused(Request request, Org org, Answer answer, Credential credential) {
    int status = answer.status();
    if (status == 407) {
      return failure(
          Reason.MISCONFIGURED,
          request,
          "the proxy wants a password, which Keysmith has none for. Let this server pass.");
    }
    if (status >= 500 || status == 423) {
      return failure(Reason.UNAVAILABLE, request, summary(answer) + " Try again later.");
    }
    if (status >= 300 && status < 400) {
      return failure(
          Reason.MISCONFIGURED,
          request,
          org.origin()
              + " redirects elsewhere (HTTP "
              + status
              + "). Enter the origin that the"
              + " browser shows when users sign in.");
    }
    String code = answer.body().path("errorCode").asText();
    if (code.isEmpty()) {
      return noOkta(request, org, answer);
    }
    return failure(
        reason(status, code), request, summary(answer) + " " + remedy(request, code, credential));
  }

  private static Reason reason(int status, String code) {
    return switch (code) {
      case "E0000004", "E0000005", "E0000006", "E0000011", "E0000015" -> Reason.MISCONFIGURED;
      case "E0000007", "E0000008" -> Reason.NOT_FOUND;
      default -> status == 401 ? Reason.MISCONFIGURED : Reason.REJECTED;
    };
  }

  private static String remedy(Request request, String code, Credential credential) {
    return switch (code) {
      case "E0000004", "E0000005", "E0000011" -> credential.remedy();
      case "E0000006" ->
          "The credential may not do this: give the owner of the API token, or the service app, a"
              + " role that may view users and groups and manage users' authenticators (for a"
              + " service app also the scopes okta.users.manage and okta.groups.read).";
      case "E0000015" ->
          "This org does not offer it: it runs Okta Classic Engine, lacks the feature, or the"
              + " credential may not use it.";
      case "E0000007", "E0000008" -> "It does not exist in this org (any more).";
      case "E0000038" ->
          "Okta does not allow it in the user's present status: activate or unlock the user there.";
      case "E0000068" ->
          "Okta did not accept what the security key made: the challenge was too old, the origin"
              + " is not the one where users sign in, or the org does not allow this model of key.";
      case "E0000001" -> request.repeatable() ? SYSTEM_LOG : NOT_ALLOWED;
      default -> SYSTEM_LOG;
    };
  }

  /** Too many requests. */
  static PluginException rateLimited(Request request, Duration wait) {
    return PluginException.rateLimited(
        "Could not "
            + request.intent()
            + " at Okta now: the org's rate limit for this kind of"
            + " request is used up (E0000047, HTTP 429); it opens again in "
            + Math.max(1, wait.toSeconds())
            + " seconds. To speed it up, raise the share of the"
            + " limit that the API token may use.",
        wait);
  }

  /** Something answered that does not speak like Okta's API. */
  static PluginException noOkta(Request request, Org org, Answer answer) {
    return failure(
        Reason.MISCONFIGURED,
        request,
        org.origin()
            + " answered with HTTP "
            + answer.status()
            + " and "
            + (answer.isJson() ? "JSON" : "something other than JSON")
            + " that is not from Okta's API. Check the origin: is the org spelled rightly, and does"
            + " no proxy or login page stand in between?");
  }

  /** Okta answered with success, but not what its documentation says. */
  static PluginException notUnderstood(Request request, String what) {
    return failure(
        Reason.UNAVAILABLE,
        request,
        "the answer could not be understood: "
            + what
            + ". If it stays so, tell the makers of"
            + " Keysmith.");
  }

  static PluginException failure(Reason reason, Request request, String text) {
    return new PluginException(reason, "Could not " + request.intent() + " at Okta: " + text);
  }

  private static String summary(Answer answer) {
    List<String> parts = new ArrayList<>();
    parts.add("HTTP " + answer.status());
    JsonNode body = answer.body();
    add(parts, body.path("errorCode"));
    if (!body.path("errorCode").asText().equals("E0000007")) { // Its summary quotes the login.
      add(parts, body.path("errorSummary"));
    }
    body.path("errorCauses").forEach(cause -> add(parts, cause.path("errorSummary")));
    String id = body.path("errorId").asText();
    if (id.matches("[A-Za-z0-9_-]{1,64}")) {
      parts.add("error id " + id);
    }
    return String.join("; ", parts) + ".";
  }

  private static void add(List<String> parts, JsonNode text) {
    if (text.isTextual() && !text.asText().isBlank()) {
      parts.add(redact(text.asText()));
    }
  }

  /** Takes out what may be an address, an identifier, a challenge or a token; shortens. */
  static String redact(String text) {
    String bare =
        text.replaceAll("\\S+@\\S+", "…")
            .replaceAll("(?=[A-Za-z_+/=-]*\\d)[A-Za-z0-9_+/=-]{16,}", "…")
            .replaceAll("[A-Za-z0-9_+/=-]{20,}", "…")
            .replaceAll("\\p{Cntrl}+", " ")
            .strip()
            .replaceFirst("\\.$", "");
    return bare.length() <= 300 ? bare : bare.substring(0, 300) + "…";
  }
}
