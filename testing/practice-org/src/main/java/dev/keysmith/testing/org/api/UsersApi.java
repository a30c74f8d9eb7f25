package dev.keysmith.testing.org.api;

import dev.keysmith.testing.org.directory.Directory;
import dev.keysmith.testing.org.directory.Expression;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.testing.org.directory.OrgUser.Status;
import dev.keysmith.testing.org.http.Access;
import dev.keysmith.testing.org.http.Answer;
import dev.keysmith.testing.org.http.Call;
import dev.keysmith.testing.org.http.Json;
import dev.keysmith.testing.org.http.OktaError;
import dev.keysmith.testing.org.http.Routes;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code /api/v1/users}. */
public final class UsersApi {

  private static final int MOST = 200;
  private static final int MOST_FOR_QUERY = 10;

  private final Directory directory;
  private final String origin;
  private final Paging paging;

  /** For an org at this origin. */
  public UsersApi(Directory directory, String origin) {
    this.directory = directory;
    this.origin = origin;
    this.paging = new Paging(origin);
  }

  /** Adds the endpoints. */
  public void register(Routes routes) {
    routes
        .guarded("GET", "/api/v1/users", "okta.users.read", this::list)
        .guarded("GET", "/api/v1/users/me", "okta.users.read", this::me)
        .guarded("GET", "/api/v1/users/{user}", "okta.users.read", this::get)
        .guarded("GET", "/api/v1/users/{user}/groups", "okta.groups.read", this::groups);
  }

  private Answer list(Call call) {
    Predicate<OrgUser> wanted = wanted(call);
    boolean query = call.queried("q").isPresent();
    int limit = call.number("limit", query ? MOST_FOR_QUERY : MOST, MOST);
    Stream<OrgUser> users = directory.users(from(call)).filter(wanted);
    if (query) {
      return Answer.json(Json.array(users.limit(limit).toList(), user -> user.json(origin)));
    }
    return paging.answer(call, users, limit, OrgUser::id, user -> user.json(origin));
  }

  private int from(Call call) {
    return call.queried("after").map(id -> directory.user(id).index() + 1).orElse(0);
  }

  /** A plain list leaves out those who have left; an expression finds them too. */
  private static Predicate<OrgUser> wanted(Call call) {
    Optional<Predicate<OrgUser>> search = expression(call, "search");
    Optional<Predicate<OrgUser>> filter = expression(call, "filter");
    if (search.isPresent() || filter.isPresent()) {
      return search.orElse(user -> true).and(filter.orElse(user -> true));
    }
    String start = call.queried("q").orElse("").toLowerCase(Locale.ROOT);
    return user -> user.status() != Status.DEPROVISIONED && startsWith(user, start);
  }

  private static Optional<Predicate<OrgUser>> expression(Call call, String parameter) {
    return call.queried(parameter)
        .map(text -> Expression.parse(parameter, text))
        .map(expression -> user -> expression.test(user::property));
  }

  private static boolean startsWith(OrgUser user, String start) {
    return Stream.of(user.firstName(), user.lastName(), user.login())
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).startsWith(start));
  }

  /** The owner of the API token: the first user. A service app has no user. */
  private Answer me(Call call) {
    return directory
        .users(0)
        .filter(user -> Access.byApiToken(call))
        .findFirst()
        .map(user -> Answer.json(user.json(origin)))
        .orElseThrow(() -> OktaError.notFound("me", "User"));
  }

  private Answer get(Call call) {
    return Answer.json(directory.user(call.parameter("user")).json(origin));
  }

  private Answer groups(Call call) {
    OrgUser user = directory.user(call.parameter("user"));
    return Answer.json(Json.array(directory.groupsOf(user), group -> group.json(origin)));
  }
}
