package dev.keysmith.okta.http;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.Text;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * Says what went wrong in a way that an operator can act on, without secrets and personal data.
 *
 * <p>No cause is attached: what libraries throw may quote what was sent or received.
 */
public final class Failure {

  /** Until what Okta is busy with may be done; a person at a desk waits no longer either. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private static final int MOST_CAUSES = 5;
  private static final int LONGEST_READ = 1_000;
  private static final int LONGEST_SHOWN = 300;

  private static final String SYSTEM_LOG = "Look the error up in Okta's system log.";

  private static final String NOT_ALLOWED =
      "Check in Okta's console that the authenticator \"Passkey (FIDO2 WebAuthn)\" (older name:"
          + " \"FIDO2 (WebAuthn)\") is active, that the authenticator enrollment policy allows it"
          + " for this user, and that the user has not reached the limit of ten.";

  private Failure() {}

  /** Nothing came back. */
  public static PluginException unreachable(Request request, Org org, IOException e) {
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
  public static boolean mayPass(IOException e) {
    return e instanceof SocketTimeoutException
        || !(e instanceof UnknownHostException
            || e instanceof SSLHandshakeException
            || e instanceof SSLPeerUnverifiedException);
  }

  /** Whether a second attempt may have another outcome. */
  public static boolean mayPass(PluginException e) {
    return e.reason() == Reason.UNAVAILABLE || e.reason() == Reason.RATE_LIMITED;
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
    Optional<String> code = answer.body().text("errorCode");
    Optional<ErrorCode> known = code.flatMap(ErrorCode::of);
    if (known.isPresent()) {
      return known(request, answer, known.get(), credential);
    }
    if (status >= 500 || status == 423) {
      return failure(Reason.UNAVAILABLE, request, summary(answer) + " Try again later.");
    }
    if (code.isEmpty()) {
      return noOkta(request, org, answer);
    }
    Reason reason = status == 401 ? Reason.MISCONFIGURED : Reason.REJECTED;
    return failure(reason, request, summary(answer) + " " + SYSTEM_LOG);
  }

  private static PluginException known(
      Request request, Answer answer, ErrorCode code, Credential credential) {
    String advice = code.advice();
    if (code.isAboutTheCredential()) {
      advice += " " + credential.remedy();
    }
    if (code == ErrorCode.E0000001) {
      advice += " " + (request.repeatable() ? SYSTEM_LOG : NOT_ALLOWED);
    }
    String text = text(request, summary(answer) + " " + advice);
    // Of what a broken server says, that it is broken counts: whether it took effect is unknown.
    boolean broken = answer.status() >= 500 && answer.status() != 501;
    Reason reason = broken ? Reason.UNAVAILABLE : code.reason();
    return reason == Reason.RATE_LIMITED
        ? PluginException.rateLimited(text, SOON)
        : new PluginException(reason, text);
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
  public static PluginException notUnderstood(Request request, String what) {
    return failure(
        Reason.UNAVAILABLE,
        request,
        "the answer could not be understood: "
            + what
            + ". If it stays so, tell the makers of"
            + " Keysmith.");
  }

  public static PluginException failure(Reason reason, Request request, String text) {
    return new PluginException(reason, text(request, text));
  }

  private static String text(Request request, String text) {
    return "Could not " + request.intent() + " at Okta: " + text;
  }

  private static String summary(Answer answer) {
    List<String> parts = new ArrayList<>();
    parts.add("HTTP " + answer.status());
    Json body = answer.body();
    Optional<String> code = body.text("errorCode");
    code.map(Failure::redact).ifPresent(parts::add);
    if (!code.equals(Optional.of("E0000007"))) { // Its summary quotes the login.
      body.text("errorSummary").map(Failure::redact).ifPresent(parts::add);
    }
    causes(body).forEach(parts::add);
    body.text("errorId")
        .filter(id -> id.matches("[A-Za-z0-9_-]{1,64}"))
        .ifPresent(id -> parts.add("error id " + id));
    return String.join("; ", parts) + ".";
  }

  private static List<String> causes(Json body) {
    Json causes = body.at("errorCauses");
    return (causes.isList() ? causes.list() : List.<Json>of())
        .stream()
            .flatMap(cause -> cause.text("errorSummary").stream())
            .limit(MOST_CAUSES)
            .map(Failure::redact)
            .toList();
  }

  /** Regular expressions take long for long texts. What is cut ends with a whole word. */
  private static String bounded(String text) {
    if (text.length() <= LONGEST_READ) {
      return text;
    }
    int end = LONGEST_READ;
    while (end > 0 && !Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** Takes out what may be an address, an identifier, a challenge or a token; shortens. */
  public static String redact(String text) {
    String bare =
        bounded(text)
            .replaceAll("\\S+@\\S+", "…")
            .replaceAll("(?=[A-Za-z_+/=-]*\\d)[A-Za-z0-9_+/=-]{16,}", "…")
            .replaceAll("[A-Za-z0-9_+/=-]{20,}", "…")
            .replaceAll("\\p{Cntrl}+", " ")
            .strip()
            .replaceFirst("\\.$", "");
    return Text.shorten(bare, LONGEST_SHOWN + 1);
  }
}
