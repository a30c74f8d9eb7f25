package dev.keysmith.okta;

import dev.keysmith.okta.factor.Factors;
import dev.keysmith.okta.http.Conversation;
import dev.keysmith.okta.http.Failure;
import dev.keysmith.okta.http.Ids;
import dev.keysmith.okta.http.Json;
import dev.keysmith.okta.http.Org;
import dev.keysmith.okta.http.Request;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.net.URI;
import java.util.Optional;

/** Looks whether address, credential and permissions are right; changes nothing. */
final class OrgCheck {

  private final Org org;
  private final Conversation conversation;

  OrgCheck(Org org, Conversation conversation) {
    this.org = org;
    this.conversation = conversation;
  }

  /**
   * Looks, and reports.
   *
   * @param byToken whether the credential is an API token, which has an owner
   */
  String run(boolean byToken) {
    try {
      String report = "Reached " + org.origin() + look(byToken);
      return report + organization().map(this::warnings).orElse("");
    } catch (PluginException e) {
      // Whatever an org refuses to such plain questions, an administrator has to put right.
      boolean permanent = e.reason() == Reason.REJECTED || e.reason() == Reason.NOT_FOUND;
      throw permanent ? new PluginException(Reason.MISCONFIGURED, e.getMessage()) : e;
    }
  }

  private String look(boolean byToken) {
    String who = "; the service app";
    if (byToken) {
      Request me = Request.get("ask whom the API token belongs to", "/api/v1/users/me");
      Json owner = conversation.ask(me).body();
      String id =
          owner
              .text("id")
              .filter(Ids::isPlausible)
              .orElseThrow(() -> Failure.notUnderstood(me, "it names no user"));
      String login = owner.text("profile", "login").orElse("an unnamed administrator");
      who = "; the API token belongs to " + login + " and";
      conversation.askForList(Request.get("read factors", Factors.pathOf(id)));
    }
    conversation.askForList(Request.get("list users", "/api/v1/users?limit=1"));
    conversation.askForList(Request.get("list groups", "/api/v1/groups?limit=1"));
    return who + " may read users and groups.";
  }

  /** What the org tells everybody about itself; not needed, so nothing is made of a failure. */
  private Optional<Json> organization() {
    try {
      return conversation.find(Request.get("read about the org", "/.well-known/okta-organization"));
    } catch (PluginException e) {
      return Optional.empty();
    }
  }

  private String warnings(Json organization) {
    String text = "";
    if (organization.text("pipeline").equals(Optional.of("v1"))) {
      text +=
          " Note: this org runs Okta Classic Engine, where users sign in with passkeys only after"
              + " their password.";
    }
    Optional<String> alternate =
        organization
            .text("_links", "alternate", "href")
            .flatMap(OrgCheck::origin)
            .filter(origin -> !origin.equals(org.origin()));
    if (alternate.isPresent()) {
      text +=
          " Note: the org also has the domain "
              + alternate.get()
              + ". A passkey serves one domain only:"
              + " make sure that users sign in at "
              + org.origin()
              + ".";
    }
    return text;
  }

  /** Of a link, or of a host alone. */
  private static Optional<String> origin(String address) {
    try {
      return Org.originOf(URI.create(address.contains("://") ? address : "https://" + address));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
