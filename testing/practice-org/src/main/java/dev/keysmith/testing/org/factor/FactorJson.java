package dev.keysmith.testing.org.factor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.testing.org.http.Json;
import java.util.List;

/** Factors as Okta writes them. */
public final class FactorJson {

  private final String origin;
  private final FactorPolicy policy;

  /** For an org at this origin. */
  public FactorJson(String origin, FactorPolicy policy) {
    this.origin = origin;
    this.policy = policy;
  }

  /** A factor, pending or active. */
  public ObjectNode factor(OrgFactor factor) {
    ObjectNode node = Json.object();
    node.put("id", factor.id());
    node.put("factorType", "webauthn").put("provider", "FIDO").put("vendorName", "FIDO");
    node.put("status", factor.isActive() ? "ACTIVE" : "PENDING_ACTIVATION");
    node.put("created", Json.instant(factor.created()));
    node.put("lastUpdated", Json.instant(factor.lastUpdated()));
    factor
        .passkey()
        .ifPresent(
            passkey ->
                node.putObject("profile")
                    .put("credentialId", passkey.credentialId().getBase64Url())
                    .put("authenticatorName", Models.name(passkey.aaguid())));
    node.set("_links", links(factor));
    return node;
  }

  private ObjectNode links(OrgFactor factor) {
    String user = origin + "/api/v1/users/" + factor.userId();
    String self = user + "/factors/" + factor.id();
    ObjectNode links = Json.object();
    if (factor.isActive()) {
      links.set("self", Json.link(self, "GET", "DELETE"));
      links.set("verify", Json.link(self + "/verify", "POST"));
    } else {
      links.set("activate", Json.link(self + "/lifecycle/activate", "POST"));
      links.set("self", Json.link(self, "GET"));
    }
    links.set("user", Json.link(user, "GET"));
    return links;
  }

  /** A factor just enrolled, with the options for the security key. */
  public ObjectNode enrolled(OrgFactor factor, OrgUser user, List<OrgFactor> others) {
    ObjectNode activation = Json.object();
    activation.put("attestation", policy.attestation());
    activation
        .putObject("authenticatorSelection")
        .put("userVerification", policy.userVerification().getValue())
        .put("requireResidentKey", policy.requireResidentKey());
    activation.put("challenge", factor.challenge().getBase64Url());
    activation.set("excludeCredentials", Json.array(others, FactorJson::descriptor));
    activation.set(
        "pubKeyCredParams",
        Json.array(
            List.of(-7, -257), alg -> Json.object().put("type", "public-key").put("alg", alg)));
    ObjectNode rp = activation.putObject("rp").put("name", policy.orgName());
    policy.rpId().ifPresent(id -> rp.put("id", id));
    activation
        .putObject("user")
        .put("displayName", user.displayName())
        .put("name", user.login())
        .put("id", user.id());
    ObjectNode node = factor(factor);
    node.putObject("_embedded").set("activation", activation);
    return node;
  }

  private static ObjectNode descriptor(OrgFactor factor) {
    return Json.object()
        .put("type", "public-key")
        .put("id", factor.passkey().orElseThrow().credentialId().getBase64Url());
  }
}
