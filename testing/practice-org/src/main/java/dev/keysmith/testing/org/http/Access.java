package dev.keysmith.testing.org.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Who may call: API tokens ({@code SSWS}) and service apps ({@code Bearer}). Thread-safe. */
public final class Access {

  private static final Duration LIFETIME = Duration.ofHours(1);

  private record Grant(Set<String> scopes, Instant expiry) {}

  private final Map<String, Boolean> apiTokens = new ConcurrentHashMap<>();
  private final Map<String, ServiceApp> apps = new ConcurrentHashMap<>();
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final Set<String> usedAssertions = ConcurrentHashMap.newKeySet();
  private final Clock clock;
  private final SecureRandom random;

  /** No caller is allowed yet. */
  public Access(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** Lets an API token in. */
  public void allow(String apiToken, boolean readOnly) {
    apiTokens.put(apiToken, readOnly);
  }

  /** Lets a service app in. */
  public void allow(ServiceApp app) {
    apps.put(app.clientId(), app);
  }

  /** From now on the API token, or every token of the service app, is refused. */
  public void revoke(String apiTokenOrClientId) {
    apiTokens.remove(apiTokenOrClientId);
    if (apps.remove(apiTokenOrClientId) != null) {
      grants.clear();
    }
  }

  /** Whether the caller has an API token, which has an owner, and is not a service app. */
  public static boolean byApiToken(Call call) {
    return call.header("authorization").filter(value -> value.startsWith("SSWS ")).isPresent();
  }

  void check(Call call, String scope) {
    String[] parts = call.header("authorization").orElse("").split(" ", 2);
    String token = parts.length == 2 ? parts[1].strip() : "";
    boolean allowed =
        switch (parts[0]) {
          case "SSWS" -> apiToken(token, call.method());
          case "Bearer" -> grant(token).scopes().contains(scope);
          default -> throw OktaError.invalidToken();
        };
    if (!allowed) {
      throw OktaError.accessDenied();
    }
  }

  private boolean apiToken(String token, String method) {
    return Optional.ofNullable(apiTokens.get(token))
        .map(readOnly -> !readOnly || method.equals("GET"))
        .orElseThrow(OktaError::invalidToken);
  }

  private Grant grant(String token) {
    return Optional.ofNullable(grants.get(token))
        .filter(grant -> grant.expiry().isAfter(clock.instant()))
        .orElseThrow(OktaError::invalidToken);
  }

  /** The token endpoint (RFC 6749, section 4.4) at this address. */
  public Answer issue(Call call, String address) {
    Map<String, String> form = Call.form(new String(call.body(), StandardCharsets.UTF_8));
    if (!"client_credentials".equals(form.get("grant_type"))) {
      return refused("unsupported_grant_type", "Only client_credentials is supported.");
    }
    try {
      return grant(authenticated(form, address), form.getOrDefault("scope", ""));
    } catch (IllegalArgumentException | OktaError e) {
      return refused("invalid_client", String.valueOf(e.getMessage()));
    }
  }

  private ServiceApp authenticated(Map<String, String> form, String address) {
    Assertion assertion = Assertion.parse(form.getOrDefault("client_assertion", ""));
    ServiceApp app =
        Optional.ofNullable(apps.get(assertion.clientId()))
            .orElseThrow(() -> new IllegalArgumentException("Invalid value for 'client_id'."));
    assertion.check(app.key(), address, clock.instant());
    if (!assertion.id().isEmpty() && !usedAssertions.add(assertion.id())) {
      throw new IllegalArgumentException("The client_assertion token has been used already.");
    }
    return app;
  }

  private Answer grant(ServiceApp app, String asked) {
    Set<String> scopes = new TreeSet<>(Arrays.asList(asked.strip().split(" +")));
    if (asked.isBlank() || !app.scopes().containsAll(scopes)) {
      return refused("invalid_scope", "One or more scopes are not granted to this service app.");
    }
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    grants.put(token, new Grant(scopes, clock.instant().plus(LIFETIME)));
    ObjectNode body = Json.object();
    body.put("token_type", "Bearer");
    body.put("expires_in", LIFETIME.toSeconds());
    body.put("access_token", token);
    body.put("scope", String.join(" ", List.copyOf(scopes)));
    return Answer.json(body).with("Cache-Control", "no-store");
  }

  private static Answer refused(String error, String description) {
    int status = error.equals("invalid_client") ? 401 : 400;
    return Answer.json(
        status, Json.object().put("error", error).put("error_description", description));
  }
}
