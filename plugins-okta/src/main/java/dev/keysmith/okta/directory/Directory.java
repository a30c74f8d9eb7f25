package dev.keysmith.okta.directory;

import dev.keysmith.okta.http.Answer;
import dev.keysmith.okta.http.Conversation;
import dev.keysmith.okta.http.Failure;
import dev.keysmith.okta.http.Ids;
import dev.keysmith.okta.http.Json;
import dev.keysmith.okta.http.Org;
import dev.keysmith.okta.http.Request;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.Page;
import dev.keysmith.spi.idp.UserQuery;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads users and groups of an org. */
public final class Directory {

  private static final int PAGE = 200;

  /** A login is unique, but a search may answer more than was asked for. */
  private static final int SEARCHED = 10;

  /** More than the limit, because Okta promises no order and the answer is sorted here. */
  private static final int GROUPS = 300;

  /** Okta's search index lags behind. */
  private static final Duration OVERLAP = Duration.ofMinutes(5);

  /** Spares Okta the reading of credentials, which speeds the answer up. */
  private static final String LEAN =
      "application/json; okta-response=omitCredentials,omitCredentialsLinks,"
          + "omitTransitioningToStatus";

  private final Org org;

  public Directory(Org org) {
    this.org = org;
  }

  public Page<DirectoryUser> users(
      Conversation conversation, UserQuery query, Optional<String> cursor) {
    Request request = cursor.map(at -> next(query, at)).orElseGet(() -> first(query));
    Answer answer = ask(conversation, request, cursor.isPresent());
    List<DirectoryUser> users =
        answer.body().list().stream().flatMap(user -> readUser(user).stream()).toList();
    return new Page<>(users, NextPage.cursorAfter(request, org, answer));
  }

  private Answer ask(Conversation conversation, Request request, boolean following) {
    try {
      return conversation.askForList(request);
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

  /**
   * Finds by id and login; Okta's own short forms ("me", the login's first part) do not count. What
   * cannot stand in an address, and what Okta refuses there, is searched for.
   */
  public Optional<DirectoryUser> findUser(Conversation conversation, String idOrLogin) {
    if (idOrLogin.isBlank()) {
      return Optional.empty();
    }
    try {
      return lookUp(conversation, idOrLogin).filter(user -> isNamed(user, idOrLogin));
    } catch (PluginException e) {
      boolean maybeAlone = e.reason() == Reason.MISCONFIGURED;
      throw maybeAlone && othersAreShown(conversation) ? ofThisUserAlone(e) : e;
    }
  }

  private Optional<DirectoryUser> lookUp(Conversation conversation, String idOrLogin) {
    if (!Ids.fitsIntoAPath(idOrLogin)) {
      return search(conversation, idOrLogin);
    }
    Request request = Request.get("find a user", "/api/v1/users/" + Ids.encoded(idOrLogin));
    try {
      return conversation.find(request).flatMap(Directory::readUser);
    } catch (PluginException e) {
      if (e.reason() == Reason.REJECTED) {
        return search(conversation, idOrLogin);
      }
      throw e;
    }
  }

  private Optional<DirectoryUser> search(Conversation conversation, String login) {
    Request request =
        lean(Request.get("search for a user", "/api/v1/users"))
            .where("search", "profile.login eq " + Ids.quoted(login))
            .where("limit", SEARCHED);
    return conversation.askForList(request).body().list().stream()
        .flatMap(user -> readUser(user).stream())
        .filter(user -> isNamed(user, login))
        .findFirst();
  }

  private static boolean isNamed(DirectoryUser user, String idOrLogin) {
    return user.id().equals(idOrLogin) || user.login().equalsIgnoreCase(idOrLogin);
  }

  /**
   * Roles may be confined to some users; then the credential is right, and the others go on.
   *
   * @throws PluginException if that cannot be found out now
   */
  private static boolean othersAreShown(Conversation conversation) {
    try {
      conversation.askForList(Request.get("list the users", "/api/v1/users").where("limit", 1));
      return true;
    } catch (PluginException e) {
      if (Failure.mayPass(e)) {
        throw e;
      }
      return false;
    }
  }

  private static PluginException ofThisUserAlone(PluginException e) {
    return new PluginException(
        Reason.REJECTED, "Other users are shown, this one is not. " + e.getMessage());
  }

  public List<DirectoryGroup> groups(Conversation conversation, String search, int limit) {
    Request request = Request.get("list the groups", "/api/v1/groups").where("limit", GROUPS);
    Answer answer =
        conversation.askForList(search.isBlank() ? request : request.where("q", search));
    String prefix = search.strip().toLowerCase(Locale.ROOT);
    return answer.body().list().stream()
        .flatMap(group -> readGroup(group).stream())
        .filter(group -> group.name().toLowerCase(Locale.ROOT).startsWith(prefix))
        .sorted(Comparator.comparing(DirectoryGroup::name, String.CASE_INSENSITIVE_ORDER))
        .limit(limit)
        .toList();
  }

  public Optional<DirectoryGroup> findGroup(Conversation conversation, String groupId) {
    if (!Ids.isPlausible(groupId)) {
      return Optional.empty();
    }
    return conversation
        .find(Request.get("find a group", "/api/v1/groups/" + groupId))
        .flatMap(Directory::readGroup);
  }

  private static Optional<DirectoryGroup> readGroup(Json group) {
    Optional<String> id = group.text("id").filter(Ids::isPlausible);
    Optional<String> name = group.text("profile", "name");
    if (id.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DirectoryGroup(id.get(), name.get(), group.text("profile", "description")));
  }

  /** Empty for what no passkey can be made for: an entry without id or login. */
  static Optional<DirectoryUser> readUser(Json user) {
    Optional<String> id = user.text("id").filter(Ids::isPlausible);
    Optional<String> login = user.text("profile", "login");
    if (id.isEmpty() || login.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DirectoryUser(
            id.get(),
            login.get(),
            displayName(user.at("profile")).orElse(login.get()),
            user.text("profile", "email"),
            status(user.text("status").orElse(""))));
  }

  private static Optional<String> displayName(Json profile) {
    return profile
        .text("displayName")
        .or(
            () ->
                Stream.of("firstName", "lastName")
                    .flatMap(name -> profile.text(name).stream())
                    .reduce((first, last) -> first + " " + last));
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
