package dev.keysmith.testing.org.practice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResult;
import com.yubico.webauthn.exception.AssertionFailedException;
import dev.keysmith.testing.org.directory.Directory;
import dev.keysmith.testing.org.factor.Factors;
import dev.keysmith.testing.org.factor.Verification;
import dev.keysmith.testing.org.http.Answer;
import dev.keysmith.testing.org.http.Call;
import dev.keysmith.testing.org.http.Json;
import dev.keysmith.testing.org.http.OktaError;
import dev.keysmith.testing.org.http.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sign-in with a passkey: the proof that it was registered and written rightly. */
public final class SignIn {

  private static final int MOST_PENDING = 1_000;

  private final Directory directory;
  private final Factors factors;
  private final Verification verification;
  private final Activity activity;
  private final SecureRandom random;
  private final Map<String, AssertionRequest> pending = new LinkedHashMap<>();

  /** Over the factors of an org. */
  public SignIn(
      Directory directory,
      Factors factors,
      Verification verification,
      Activity activity,
      SecureRandom random) {
    this.directory = directory;
    this.factors = factors;
    this.verification = verification;
    this.activity = activity;
    this.random = random;
  }

  /** Adds the endpoints. */
  public void register(Routes routes) {
    routes
        .open("POST", "/practice/signin/start", call -> Answer.json(start(login(call.json()))))
        .open("POST", "/practice/signin/finish", this::finish);
  }

  static Optional<String> login(JsonNode body) {
    return Json.text(body, "login").map(String::strip).filter(text -> !text.isEmpty());
  }

  /** The options for the browser, with an id to hand in with the assertion. */
  ObjectNode start(Optional<String> login) {
    login.ifPresent(directory::user);
    AssertionRequest request = verification.begin(login);
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    keep(id, request);
    try {
      String options = request.toCredentialsGetJson();
      return ((ObjectNode) Json.read(options.getBytes(StandardCharsets.UTF_8))).put("id", id);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("The options could not be written", e);
    }
  }

  private synchronized void keep(String id, AssertionRequest request) {
    if (pending.size() == MOST_PENDING) {
      pending.remove(pending.keySet().iterator().next());
    }
    pending.put(id, request);
  }

  /** A challenge counts once. */
  private synchronized AssertionRequest take(String id) {
    return Optional.ofNullable(pending.remove(id))
        .orElseThrow(() -> OktaError.invalid("signin", "Begin at /practice/signin/start."));
  }

  private Answer finish(Call call) {
    JsonNode body = call.json();
    ObjectNode result = finish(Json.text(body, "id").orElse(""), body.path("credential"));
    return Answer.json(result.path("signedIn").asBoolean() ? 200 : 401, result);
  }

  /** Whether the credential signs a person in, and whom, or why not. */
  ObjectNode finish(String id, JsonNode credential) {
    AssertionRequest request = take(id);
    try {
      String json = new String(Json.write(credential), StandardCharsets.UTF_8);
      return signedIn(verification.finish(request, json));
    } catch (AssertionFailedException | IOException | IllegalArgumentException e) {
      return refused("The assertion was refused: " + Verification.reason(e));
    }
  }

  private ObjectNode signedIn(AssertionResult result) {
    String login = result.getUsername();
    if (!directory.user(login).status().permitsEnrolment()) {
      return refused(login + " may not sign in: the account is not active.");
    }
    factors
        .withCredential(result.getCredential().getCredentialId())
        .ifPresent(factor -> factors.count(factor, result.getSignatureCount()));
    String how = result.isUserVerified() ? "verified by PIN or biometry" : "without verification";
    activity.signIn(login + " signed in with a passkey, " + how + ".");
    return Json.object()
        .put("signedIn", true)
        .put("login", login)
        .put("credentialId", result.getCredential().getCredentialId().getBase64Url())
        .put("userVerified", result.isUserVerified())
        .put("signatureCount", result.getSignatureCount());
  }

  ObjectNode refused(String reason) {
    activity.trouble("Sign-in failed. " + reason);
    return Json.object().put("signedIn", false).put("reason", reason);
  }
}
