package dev.keysmith.okta.credential;

import dev.keysmith.okta.http.Answer;
import dev.keysmith.okta.http.Credential;
import dev.keysmith.okta.http.Failure;
import dev.keysmith.okta.http.Json;
import dev.keysmith.okta.http.OktaHttp;
import dev.keysmith.okta.http.Org;
import dev.keysmith.okta.http.Request;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A service app of an org: proves itself with a private key (RFC 7523, section 2.2) and gets access
 * tokens of an hour.
 */
public final class ServiceApp implements Credential {

  private static final String TOKEN_PATH = "/oauth2/v1/token";
  private static final String SCOPES = "okta.users.read okta.users.manage okta.groups.read";
  private static final long HOUR = 3_600;
  private static final Duration ASSERTION_LIFE = Duration.ofMinutes(5);

  private record Access(String authorization, Instant renewal) {}

  private final OktaHttp http;
  private final Org org;
  private final String clientId;
  private final Optional<String> keyId;
  private final Clock clock;
  private final RandomGenerator random;

  /** Held by the one thread that asks for an access token, so that others do not ask as well. */
  private final ReentrantLock fetching = new ReentrantLock();

  private volatile @Nullable PrivateKey key;
  private volatile @Nullable Access access;

  public ServiceApp(OktaHttp http, Org org, PluginContext context, PrivateKeys key) {
    this.http = http;
    this.org = org;
    this.clientId = context.requiredText("client-id").strip();
    this.keyId = context.text("key-id").map(String::strip).filter(id -> !id.isEmpty()).or(key::id);
    this.clock = context.clock();
    this.random = context.random();
    this.key = key.key();
  }

  @Override
  public String authorization(Duration patience) {
    Access current = access;
    return isUsable(current) ? current.authorization() : renewed(patience);
  }

  private boolean isUsable(@Nullable Access current) {
    return current != null && clock.instant().isBefore(current.renewal());
  }

  private String renewed(Duration patience) {
    awaitTurn(patience);
    try {
      Access current = access;
      if (!isUsable(current)) {
        current = fetch();
        access = current;
        forgetIfClosed();
      }
      return current.authorization();
    } finally {
      fetching.unlock();
    }
  }

  /** The app may have been closed while the access token was on its way. */
  private void forgetIfClosed() {
    if (key == null) {
      access = null;
    }
  }

  private void awaitTurn(Duration patience) {
    try {
      if (fetching.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new PluginException(
        Reason.UNAVAILABLE, "Okta is slow to give this server an access token. Try again later.");
  }

  private Access fetch() {
    try {
      Instant asked = clock.instant();
      Answer answer = http.sendForm(TOKEN_PATH, fields(asked));
      Optional<String> token = answer.body().text("access_token").filter(ServiceApp::isToken);
      if (!answer.isSuccess() || token.isEmpty()) {
        throw refusal(answer);
      }
      Duration life = life(answer.body().number("expires_in"));
      return new Access("Bearer " + token.get(), asked.plus(life.multipliedBy(9).dividedBy(10)));
    } catch (IOException e) {
      throw Failure.unreachable(Request.get("get an access token", TOKEN_PATH), org, e);
    }
  }

  /** Goes into a header, so it holds nothing that a header does not (RFC 6750, section 2.1). */
  private static boolean isToken(String text) {
    return text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  private static Duration life(Optional<Long> seconds) {
    return Duration.ofSeconds(Math.min(Math.max(seconds.orElse(HOUR), 0), 24 * HOUR));
  }

  private Map<String, String> fields(Instant now) {
    return Map.of(
        "grant_type",
        "client_credentials",
        "scope",
        SCOPES,
        "client_assertion_type",
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion",
        assertion(now));
  }

  @SuppressWarnings("deprecation") // A single audience is text in Okta's documentation, not a list.
  private String assertion(Instant now) {
    PrivateKey present = key;
    if (present == null) {
      throw new PluginException(Reason.UNAVAILABLE, "The integration has been closed.");
    }
    var header = Jwts.builder().header();
    keyId.ifPresent(header::keyId);
    return header
        .and()
        .issuer(clientId)
        .subject(clientId)
        .audience()
        .single(org.origin() + TOKEN_PATH)
        .issuedAt(Date.from(now))
        .expiration(Date.from(now.plus(ASSERTION_LIFE)))
        .id(Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()))
        .signWith(present)
        .compact();
  }

  private static PluginException refusal(Answer answer) {
    // Errors of OAuth have these two fields (RFC 6749, section 5.2), those of Okta's API others.
    Json body = answer.body();
    String error =
        body.text("error")
            .or(() -> body.text("errorCode"))
            .orElse(answer.isJson() ? "without a reason" : "not JSON");
    String why =
        body.text("error_description")
            .or(() -> body.text("errorSummary"))
            .map(said -> ": " + Failure.redact(said))
            .orElse("");
    String text =
        "Okta gave the service app no access token (HTTP "
            + answer.status()
            + ", "
            + Failure.redact(error)
            + why
            + "). ";
    if (answer.status() == 429) {
      return PluginException.rateLimited(
          text + "Too many requests; they are tried again later.", Duration.ofMinutes(1));
    }
    if (answer.status() >= 500) {
      return new PluginException(Reason.UNAVAILABLE, text + "Try again later.");
    }
    return new PluginException(Reason.MISCONFIGURED, text + advice(error));
  }

  private static String advice(String error) {
    return switch (error) {
      case "invalid_client" ->
          "Check client ID, private key and key ID against the app in Okta's console, that the app"
              + " is active and authenticates by public key / private key, and this server's clock.";
      case "invalid_scope", "consent_required" ->
          "Grant the app the scopes okta.users.read, okta.users.manage and okta.groups.read (tab"
              + " \"Okta API Scopes\").";
      case "invalid_dpop_proof", "use_dpop_nonce" ->
          "Clear \"Require Demonstrating Proof of Possession (DPoP)\" in the general settings of the"
              + " app.";
      case "access_denied", "unauthorized_client" ->
          "Allow the app the grant type Client Credentials and give it an admin role.";
      default -> "Check the origin and the settings of the app in Okta's console.";
    };
  }

  @Override
  public boolean refused(String authorization) {
    Access current = access;
    if (current != null && current.authorization().equals(authorization)) {
      access = null;
    }
    return true;
  }

  @Override
  public String remedy() {
    return "Check that the service app is active and has an admin role.";
  }

  @Override
  public void close() {
    key = null;
    access = null;
  }
}
