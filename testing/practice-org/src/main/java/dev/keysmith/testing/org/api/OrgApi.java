package dev.keysmith.testing.org.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keysmith.testing.org.http.Access;
import dev.keysmith.testing.org.http.Answer;
import dev.keysmith.testing.org.http.Json;
import dev.keysmith.testing.org.http.Routes;

/** What the org says of itself, and its token endpoint. */
public final class OrgApi {

  private static final String ID = "00oprac00000000000h7";
  private static final String TOKEN = "/oauth2/v1/token";

  private final String origin;
  private final String name;
  private final Access access;

  /** For an org of this name at this origin. */
  public OrgApi(String origin, String name, Access access) {
    this.origin = origin;
    this.name = name;
    this.access = access;
  }

  /** Adds the endpoints. */
  public void register(Routes routes) {
    routes
        .open("GET", "/.well-known/okta-organization", call -> Answer.json(wellKnown()))
        .open("POST", TOKEN, call -> access.issue(call, origin + TOKEN))
        .guarded("GET", "/api/v1/org", "okta.orgs.read", call -> Answer.json(org()));
  }

  private ObjectNode wellKnown() {
    ObjectNode node = Json.object().put("id", ID).put("cell", "practice").put("pipeline", "idx");
    node.putObject("_links").set("organization", Json.link(origin));
    node.putObject("settings").put("analyticsCollectionEnabled", false);
    return node;
  }

  private ObjectNode org() {
    ObjectNode node = Json.object();
    node.put("id", ID).put("companyName", name).put("subdomain", "practice");
    node.put("status", "ACTIVE").put("created", "2024-01-08T09:00:00.000Z");
    node.put("lastUpdated", "2024-01-08T09:00:00.000Z").put("website", origin);
    node.putNull("expiresAt");
    node.putObject("_links").set("preferences", Json.link(origin + "/v1/org/preferences"));
    return node;
  }
}
