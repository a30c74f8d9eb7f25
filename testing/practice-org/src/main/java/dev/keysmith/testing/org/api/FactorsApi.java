package dev.keysmith.testing.org.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keysmith.testing.org.directory.Directory;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.testing.org.factor.FactorJson;
import dev.keysmith.testing.org.factor.Factors;
import dev.keysmith.testing.org.factor.OrgFactor;
import dev.keysmith.testing.org.factor.OrgFactor.Passkey;
import dev.keysmith.testing.org.factor.Verification;
import dev.keysmith.testing.org.http.Answer;
import dev.keysmith.testing.org.http.Call;
import dev.keysmith.testing.org.http.Json;
import dev.keysmith.testing.org.http.OktaError;
import dev.keysmith.testing.org.http.Routes;
import dev.keysmith.testing.org.practice.Activity;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code /api/v1/users/{user}/factors}. */
public final class FactorsApi {

  private static final String FACTORS = "/api/v1/users/{user}/factors";
  private static final String READ = "okta.users.read";
  private static final String MANAGE = "okta.users.manage";

  private final Directory directory;
  private final Factors factors;
  private final Verification verification;
  private final FactorJson json;
  private final String origin;
  private final Activity activity;

  /** For an org at this origin. */
  public FactorsApi(
      Directory directory,
      Factors factors,
      Verification verification,
      FactorJson json,
      String origin,
      Activity activity) {
    this.directory = directory;
    this.factors = factors;
    this.verification = verification;
    this.json = json;
    this.origin = origin;
    this.activity = activity;
  }

  /** Adds the endpoints. */
  public void register(Routes routes) {
    routes
        .guarded("GET", FACTORS, READ, this::list)
        .guarded("POST", FACTORS, MANAGE, this::enrol)
        .guarded("GET", FACTORS + "/catalog", READ, this::catalog)
        .guarded("GET", FACTORS + "/{factor}", READ, this::get)
        .guarded("DELETE", FACTORS + "/{factor}", MANAGE, this::delete)
        .guarded("POST", FACTORS + "/{factor}/lifecycle/activate", MANAGE, this::activate);
  }

  private OrgUser user(Call call) {
    return directory.user(call.parameter("user"));
  }

  private OrgFactor factor(Call call) {
    return factors.get(user(call).id(), call.parameter("factor"));
  }

  private Answer list(Call call) {
    return Answer.json(Json.array(factors.of(user(call).id()), json::factor));
  }

  private Answer get(Call call) {
    return Answer.json(json.factor(factor(call)));
  }

  private Answer catalog(Call call) {
    ObjectNode webauthn = Json.object();
    webauthn.put("factorType", "webauthn").put("provider", "FIDO").put("vendorName", "FIDO");
    String enrol = origin + "/api/v1/users/" + user(call).id() + "/factors";
    webauthn.putObject("_links").set("enroll", Json.link(enrol, "POST"));
    return Answer.json(Json.array(List.of(webauthn), node -> node));
  }

  private Answer enrol(Call call) {
    OrgUser user = user(call);
    JsonNode body = call.json();
    if (!Json.text(body, "factorType").equals(Optional.of("webauthn"))
        || !Json.text(body, "provider").equals(Optional.of("FIDO"))) {
      throw OktaError.invalid("factorEnrollRequest", "Invalid Factor.");
    }
    List<OrgFactor> others = factors.active(user.id());
    OrgFactor factor = factors.enrol(user);
    activity.note("A passkey for " + user.login() + " was begun.");
    return Answer.json(json.enrolled(factor, user, others));
  }

  private Answer activate(Call call) {
    OrgUser user = user(call);
    OrgFactor factor = factor(call);
    if (!user.status().permitsEnrolment()) {
      throw OktaError.wrongStatus();
    }
    if (factor.isActive()) {
      throw OktaError.invalid("factorActivateRequest", "The factor is already active.");
    }
    JsonNode body = call.json();
    byte[] attestation = bytes(body, "attestation");
    byte[] clientData = bytes(body, "clientData");
    try {
      Passkey passkey = verification.register(user, factor, attestation, clientData);
      OrgFactor active = factors.activate(factor, passkey);
      activity.note("A passkey of " + user.login() + " is active.");
      return Answer.json(json.factor(active));
    } catch (OktaError e) {
      activity.trouble(
          "The passkey for " + user.login() + " was not accepted: " + Verification.reason(e));
      throw e;
    }
  }

  /** Standard base64 and base64url, padded or not: Okta's own clients send both. */
  private static byte[] bytes(JsonNode body, String name) {
    String text = Json.text(body, name).orElse("").replace('-', '+').replace('_', '/');
    try {
      if (!text.isEmpty()) {
        return Base64.getDecoder().decode(text);
      }
    } catch (IllegalArgumentException e) {
      // Answered below as one that is missing.
    }
    throw OktaError.invalid("factorActivateRequest", name + ": The field must be base64.");
  }

  private Answer delete(Call call) {
    OrgUser user = user(call);
    if (user.status() == OrgUser.Status.DEPROVISIONED) {
      throw OktaError.wrongStatus();
    }
    factors.remove(user.id(), call.parameter("factor"));
    activity.note("A passkey of " + user.login() + " was removed.");
    return Answer.noContent();
  }
}
