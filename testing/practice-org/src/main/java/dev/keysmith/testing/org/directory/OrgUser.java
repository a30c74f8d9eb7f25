package dev.keysmith.testing.org.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keysmith.testing.org.http.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A person in the org.
 *
 * @param index place in the order of the directory
 * @param login which is the e-mail address too
 */
public record OrgUser(
    int index,
    String firstName,
    String lastName,
    String login,
    Status status,
    Instant created,
    Instant lastUpdated) {

  /** Okta's statuses. */
  public enum Status {
    ACTIVE,
    DEPROVISIONED,
    LOCKED_OUT,
    PASSWORD_EXPIRED,
    PROVISIONED,
    RECOVERY,
    STAGED,
    SUSPENDED;

    /** Whether factors of the user may be enrolled. */
    public boolean permitsEnrolment() {
      return this != STAGED && this != SUSPENDED && this != DEPROVISIONED;
    }
  }

  private static final String PREFIX = "00uprac";
  private static final String SUFFIX = "0h7";

  /** The id: 20 characters of base64url, as Okta's, so that it is a user handle of 15 bytes. */
  public String id() {
    return PREFIX + String.format("%010d", index) + SUFFIX;
  }

  static Optional<Integer> index(String id) {
    boolean ours = id.matches(PREFIX + "0\\d{9}" + SUFFIX);
    return ours ? Optional.of(Integer.valueOf(id.substring(8, 17))) : Optional.empty();
  }

  /** First and last name. */
  public String displayName() {
    return firstName + " " + lastName;
  }

  OrgUser with(Status status, Instant now) {
    return new OrgUser(index, firstName, lastName, login, status, created, now);
  }

  OrgUser named(String first, String last, Instant now) {
    return new OrgUser(index, first, last, login, status, created, now);
  }

  /** The value of a property that filter and search know. */
  public Optional<String> property(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "id" -> id();
          case "status" -> status.name();
          case "created" -> Json.instant(created);
          case "lastUpdated" -> Json.instant(lastUpdated);
          case "profile.login", "profile.email" -> login;
          case "profile.firstName" -> firstName;
          case "profile.lastName" -> lastName;
          default -> null;
        });
  }

  /** As Okta writes a user. */
  public ObjectNode json(String origin) {
    ObjectNode user = Json.object();
    user.put("id", id());
    user.put("status", status.name());
    user.put("created", Json.instant(created));
    user.put("activated", Json.instant(created));
    user.put("statusChanged", Json.instant(created));
    user.putNull("lastLogin");
    user.put("lastUpdated", Json.instant(lastUpdated));
    user.putNull("passwordChanged");
    user.putObject("type").put("id", "otypractice0000000h7");
    profile(user.putObject("profile"));
    ObjectNode credentials = user.putObject("credentials");
    credentials.putObject("provider").put("type", "OKTA").put("name", "OKTA");
    user.putObject("_links").set("self", Json.link(origin + "/api/v1/users/" + id()));
    return user;
  }

  private void profile(ObjectNode profile) {
    profile.put("firstName", firstName);
    profile.put("lastName", lastName);
    profile.putNull("mobilePhone");
    profile.putNull("secondEmail");
    profile.put("login", login);
    profile.put("email", login);
  }
}
