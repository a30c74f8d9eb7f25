package dev.keysmith.okta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.Page;
import dev.keysmith.spi.idp.UserQuery;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads users and groups of an org. */
final class Directory {

  private static final int PAGE = 200;

  /** More than the limit, because Okta promises no order and the answer is sorted here. */
  private static final int GROUPS = 300;

  /** Okta's search index lags behind. */
  private static final Duration OVERLAP = Duration.ofMinutes(5);

  /** Spares Okta the reading of credentials, which speeds the answer up. */
  private static final String LEAN =
      "application/json; okta-response=omitCredentials,omitCredentialsLinks,"
          + "omitTransitioningToStatus";

  private final Line line;

  Directory(Line line) {
    this.line = line;
  }

  Page<DirectoryUser> users(UserQuery query, Optional<String> cursor) {
    Request request = cursor.map(at -> next(query, at)).orElseGet(() -> first(query));
    Answer answer = ask(request, cursor.isPresent());
    List<DirectoryUser> users = new ArrayList<>();
    answer.body().forEach(user -> readUser(user).ifPresent(users::add));
    return new Page<>(users, NextPage.cursorAfter(request, line.org(), answer));
  }

  private Answer ask(Request request, boolean following) {
    try {
      Answer answer = line.open().ask(request);
      if (!answer.body().isArray()) {
        throw Failure.notUnderstood(request, "it is no list");
      }
      return answer;
    } catch (PluginException e) {
      if (following && e.reason() == Reason.REJECTED) {
        throw new PluginException(Reason.EXPIRED, e.getMessage() + " Start the list again.");
      }
      throw e;
    }
  }

  private static Request first(UserQuery query) {
    if (query instanceof UserQuery.MembersOf group) {
      String id = Ids.checked("group", group.groupId());
      return Request.get("list the members of a group", "/api/v1/groups/" + id + "/users")
          .where("limit", PAGE);
    }
    Request all = lean(Request.get(intent(query), "/api/v1/users")).where("limit", PAGE);
    if (query instanceof UserQuery.ChangedSince changed) {
      var since = changed.since().minus(OVERLAP).truncatedTo(ChronoUnit.MILLIS);
      return all.where("search", "lastUpdated gt \"" + since + "\"");
    }
    return all;
  }

  private static Request next(UserQuery query, String cursor) {
    Request request = NextPage.at(intent(query), cursor);
    return query instanceof UserQuery.MembersOf ? request : lean(request);
  }

  private static String intent(UserQuery query) {
    if (query instanceof UserQuery.MembersOf) {
      return "list the members of a group";
    }
    return query instanceof UserQuery.ChangedSince ? "list the changed users" : "list the users";
  }

  private static Request lean(Request request) {
    return request.header("Content-Type", LEAN);
  }

  /** Finds by id and login; Okta's own short forms ("me", the login's first part) do not count. */
  Optional<DirectoryUser> findUser(String idOrLogin) {
    if (idOrLogin.isBlank() || idOrLogin.matches("\\.{1,2}")) {
      return Optional.empty();
    }
    Request request = Request.get("find a user", "/api/v1/users/" + Ids.encoded(idOrLogin));
    return line.open()
        .find(request)
        .flatMap(Directory::readUser)
        .filter(user -> user.id().equals(idOrLogin) || user.login().equalsIgnoreCase(idOrLogin));
  }

  List<DirectoryGroup> groups(String search, int limit) {
    Request request = Request.get("list the groups", "/api/v1/groups").where("limit", GROUPS);
    Answer answer = line.open().ask(search.isBlank() ? request : request.where("q", search));
    List<DirectoryGroup> groups = new ArrayList<>();
    answer.body().forEach(group -> readGroup(group).ifPresent(groups::add));
    String prefix = search.strip().toLowerCase(Locale.ROOT);
    return groups.stream()
        .filter(group -> group.name().toLowerCase(Locale.ROOT).startsWith(prefix))
        .sorted(Comparator.comparing(DirectoryGroup::name, String.CASE_INSENSITIVE_ORDER))
        .limit(limit)
        .toList();
  }

  Optional<DirectoryGroup> findGroup(String groupId) {
    if (!Ids.isPlausible(groupId)) {
      return Optional.empty();
    }
    return line.open()
        .find(Request.get("find a group", "/api/v1/groups/" + groupId))
        .flatMap(Directory::readGroup);
  }

  private static Optional<DirectoryGroup> readGroup(JsonNode group) {
    JsonNode profile = group.path("profile");
    Optional<String> id = text(group.path("id")).filter(Ids::isPlausible);
    Optional<String> name = text(profile.path("name"));
    if (id.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DirectoryGroup(id.get(), shortened(name.get()), text(profile.path("description"))));
  }

  /** Empty for what no passkey can be made for: an entry without id or login. */
  static Optional<DirectoryUser> readUser(JsonNode user) {
    JsonNode profile = user.path("profile");
    Optional<String> id = text(user.path("id")).filter(Ids::isPlausible);
    Optional<String> login = text(profile.path("login"));
    if (id.isEmpty() || login.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DirectoryUser(
            id.get(),
            shortened(login.get()),
            shortened(displayName(profile).orElse(login.get())),
            text(profile.path("email")),
            status(user.path("status").asText())));
  }

  private static Optional<String> displayName(JsonNode profile) {
    String full = profile.path("firstName").asText("") + " " + profile.path("lastName").asText("");
    return text(profile.path("displayName"))
        .or(() -> Optional.of(full.strip()).filter(name -> !name.isEmpty()));
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.of(node)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank());
  }

  private static String shortened(String text) {
    return text.length() <= 255 ? text : text.substring(0, 255);
  }

  private static DirectoryUser.Status status(String status) {
    return switch (status) {
      case "STAGED", "PROVISIONED" -> DirectoryUser.Status.STAGED;
      case "SUSPENDED", "LOCKED_OUT" -> DirectoryUser.Status.SUSPENDED;
      case "DEPROVISIONED" -> DirectoryUser.Status.LEFT;
      // PASSWORD_EXPIRED and RECOVERY speak of the password, which a passkey does without. What
      // Okta may invent later is tried, and refused there with Okta's reason if it must be.
      default -> DirectoryUser.Status.ACTIVE;
    };
  }
}
