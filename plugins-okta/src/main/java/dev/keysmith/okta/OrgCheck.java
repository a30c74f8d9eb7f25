package dev.keysmith.okta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.net.URI;
import java.util.Optional;

/** Looks whether address, credential and permissions are right; changes nothing. */
final class OrgCheck {

  private final Line line;

  OrgCheck(Line line) {
    this.line = line;
  }

  String run() {
    try {
      String report = "Reached " + line.org().origin() + look(line.open());
      return report + organization().map(this::warnings).orElse("");
    } catch (PluginException e) {
      // Whatever an org refuses to such plain questions, an administrator has to put right.
      boolean permanent = e.reason() == Reason.REJECTED || e.reason() == Reason.NOT_FOUND;
      throw permanent ? new PluginException(Reason.MISCONFIGURED, e.getMessage()) : e;
    }
  }

  private String look(Conversation conversation) {
    String who = "; the service app";
    if (line.credential() instanceof ApiToken) {
      JsonNode owner = read(conversation, "ask whom the API token belongs to", "/api/v1/users/me");
      String login = owner.path("profile").path("login").asText("an unnamed administrator");
      who = "; the API token belongs to " + login + " and";
      read(conversation, "read factors", Factors.pathOf(owner.path("id").asText()));
    }
    read(conversation, "list users", "/api/v1/users?limit=1");
    read(conversation, "list groups", "/api/v1/groups?limit=1");
    return who + " may read users and groups.";
  }

  private static JsonNode read(Conversation conversation, String intent, String path) {
    return conversation.ask(Request.get(intent, path)).body();
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
