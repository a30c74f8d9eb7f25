package dev.keysmith.testing.org.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keysmith.testing.org.directory.Directory;
import dev.keysmith.testing.org.directory.Expression;
import dev.keysmith.testing.org.directory.OrgGroup;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.testing.org.http.Answer;
import dev.keysmith.testing.org.http.Call;
import dev.keysmith.testing.org.http.Routes;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code /api/v1/groups}. */
public final class GroupsApi {

  private static final int MOST_GROUPS = 10_000;
  private static final int MOST_MEMBERS = 1_000;

  private final Directory directory;
  private final String origin;
  private final Paging paging;

  /** For an org at this origin. */
  public GroupsApi(Directory directory, String origin) {
    this.directory = directory;
    this.origin = origin;
    this.paging = new Paging(origin);
  }

  /** Adds the endpoints. */
  public void register(Routes routes) {
    routes
        .guarded("GET", "/api/v1/groups", "okta.groups.read", this::list)
        .guarded("GET", "/api/v1/groups/{group}", "okta.groups.read", this::get)
        .guarded("GET", "/api/v1/groups/{group}/users", "okta.groups.read", this::members);
  }

  private Answer list(Call call) {
    int after = call.queried("after").map(id -> group(id).index() + 1).orElse(0);
    boolean stats = call.queried("expand").filter("stats"::equals).isPresent();
    Stream<OrgGroup> groups = directory.groups().stream().skip(after).filter(wanted(call));
    return paging.answer(
        call,
        groups,
        call.number("limit", MOST_GROUPS, MOST_GROUPS),
        OrgGroup::id,
        group -> json(group, stats));
  }

  private static Predicate<OrgGroup> wanted(Call call) {
    Predicate<OrgGroup> wanted = group -> true;
    for (String parameter : new String[] {"search", "filter"}) {
      wanted =
          call.queried(parameter)
              .map(text -> Expression.parse(parameter, text))
              .<Predicate<OrgGroup>>map(expression -> g -> expression.test(g::property))
              .map(wanted::and)
              .orElse(wanted);
    }
    String start = call.queried("q").orElse("").toLowerCase(Locale.ROOT);
    return wanted.and(group -> group.name().toLowerCase(Locale.ROOT).startsWith(start));
  }

  private ObjectNode json(OrgGroup group, boolean stats) {
    ObjectNode node = group.json(origin);
    if (stats) {
      long count = directory.members(group, 0).count();
      node.putObject("_embedded").putObject("stats").put("usersCount", count);
    }
    return node;
  }

  private OrgGroup group(String id) {
    return directory.group(id);
  }

  private Answer get(Call call) {
    return Answer.json(group(call.parameter("group")).json(origin));
  }

  private Answer members(Call call) {
    OrgGroup group = group(call.parameter("group"));
    int from = call.queried("after").map(id -> directory.user(id).index() + 1).orElse(0);
    return paging.answer(
        call,
        directory.members(group, from),
        call.number("limit", MOST_MEMBERS, MOST_MEMBERS),
        OrgUser::id,
        user -> user.json(origin));
  }
}
