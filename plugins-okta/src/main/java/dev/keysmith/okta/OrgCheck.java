package dev.keysmith.okta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keysmith.spi.PluginException;
import java.net.URI;
import java.util.Optional;

/** Looks whether address, credential and permissions are right; changes nothing. */
final class OrgCheck {

  private final Line line;

  OrgCheck(Line line) {
    this.line = line;
  }

  String run() {
    Conversation conversation = line.open();
    StringBuilder report = new StringBuilder("Reached ").append(line.org().origin());
    if (line.credential() instanceof ApiToken) {
      JsonNode owner =
          conversation
              .ask(Request.get("ask whom the API token belongs to", "/api/v1/users/me"))
              .body();
      report
          .append("; the API token belongs to ")
          .append(owner.path("profile").path("login").asText("an unnamed administrator"));
      conversation.ask(Request.get("read factors", Factors.pathOf(owner.path("id").asText())));
    } else {
      report.append(" as service app");
    }
    conversation.ask(Request.get("list users", "/api/v1/users").where("limit", 1));
    conversation.ask(Request.get("list groups", "/api/v1/groups").where("limit", 1));
    report.append(" and may read users and groups.");
    organization().ifPresent(organization -> report.append(warnings(organization)));
    return report.toString();
  }

  /** What the org tells everybody about itself; not needed, so nothing is made of a failure. */
  private Optional<JsonNode> organization() {
    try {
      return line.open().find(Request.get("read about the org", "/.well-known/okta-organization"));
    } catch (PluginException e) {
      return Optional.empty();
    }
  }

  private String warnings(JsonNode organization) {
    String text = "";
    if (organization.path("pipeline").asText().equals("v1")) {
      text +=
          " Note: this org runs Okta Classic Engine, where users sign in with passkeys only after"
              + " their password.";
    }
    String alternate = organization.path("_links").path("alternate").path("href").asText();
    if (!alternate.isEmpty() && !isHere(alternate)) {
      text +=
          " Note: the org also has the domain "
              + alternate
              + ". A passkey serves one domain only:"
              + " make sure that users sign in at "
              + line.org().origin()
              + ".";
    }
    return text;
  }

  private boolean isHere(String address) {
    try {
      return Org.at(URI.create(address)).equals(line.org());
    } catch (IllegalArgumentException | PluginException e) {
      return false;
    }
  }
}
