package dev.keysmith.testing.org.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keysmith.testing.org.http.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A group of people.
 *
 * @param index place in the order of the directory; 0 is Everyone
 * @param description for people
 */
public record OrgGroup(
    int index, String name, String description, Instant created, Instant lastMembershipUpdated) {

  /** The id, as long as Okta's. */
  public String id() {
    return "00gprac" + String.format("%010d", index) + "0h7";
  }

  OrgGroup membershipChanged(Instant now) {
    return new OrgGroup(index, name, description, created, now);
  }

  private String type() {
    return index == 0 ? "BUILT_IN" : "OKTA_GROUP";
  }

  /** The value of a property that filter and search know. */
  public Optional<String> property(String property) {
    return Optional.ofNullable(
        switch (property) {
          case "id" -> id();
          case "type" -> type();
          case "created", "lastUpdated" -> Json.instant(created);
          case "lastMembershipUpdated" -> Json.instant(lastMembershipUpdated);
          case "profile.name" -> name;
          case "profile.description" -> description;
          default -> null;
        });
  }

  /** As Okta writes a group. */
  public ObjectNode json(String origin) {
    ObjectNode group = Json.object();
    group.put("id", id());
    group.put("created", Json.instant(created));
    group.put("lastUpdated", Json.instant(created));
    group.put("lastMembershipUpdated", Json.instant(lastMembershipUpdated));
    group.putArray("objectClass").add("okta:user_group");
    group.put("type", type());
    group.putObject("profile").put("name", name).put("description", description);
    ObjectNode links = group.putObject("_links");
    links.set("users", Json.link(origin + "/api/v1/groups/" + id() + "/users"));
    links.set("apps", Json.link(origin + "/api/v1/groups/" + id() + "/apps"));
    return group;
  }
}
