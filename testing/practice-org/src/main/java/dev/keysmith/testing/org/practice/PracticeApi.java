package dev.keysmith.testing.org.practice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keysmith.testing.org.directory.Directory;
import dev.keysmith.testing.org.directory.OrgGroup;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.testing.org.directory.OrgUser.Status;
import dev.keysmith.testing.org.factor.FactorJson;
import dev.keysmith.testing.org.factor.Factors;
import dev.keysmith.testing.org.http.Answer;
import dev.keysmith.testing.org.http.Call;
import dev.keysmith.testing.org.http.Json;
import dev.keysmith.testing.org.http.OktaError;
import dev.keysmith.testing.org.http.Routes;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code /practice/api}: what an administrator of the org does in its own console. */
public final class PracticeApi {

  private static final String USERS = "/practice/api/users";

  private final Directory directory;
  private final Factors factors;
  private final FactorJson json;
  private final Activity activity;

  /** Over the people of an org. */
  public PracticeApi(Directory directory, Factors factors, FactorJson json, Activity activity) {
    this.directory = directory;
    this.factors = factors;
    this.json = json;
    this.activity = activity;
  }

  /** Adds the endpoints. */
  public void register(Routes routes) {
    String member = "/practice/api/groups/{group}/users/{user}";
    routes
        .open("GET", USERS, call -> Answer.json(users(call)))
        .open("POST", USERS, this::add)
        .open("POST", USERS + "/{user}/status", this::changeStatus)
        .open("GET", USERS + "/{user}/factors", this::factors)
        .open("DELETE", USERS + "/{user}/factors/{factor}", this::removeFactor)
        .open("PUT", member, call -> setMember(call, true))
        .open("DELETE", member, call -> setMember(call, false))
        .open("GET", "/practice/api/activity", call -> Answer.json(activity()));
  }

  /** Those whose name or login holds a text, at most so many, with groups and factors. */
  private ObjectNode users(Call call) {
    String text = call.queried("q").orElse("").toLowerCase(Locale.ROOT);
    Stream<OrgUser> found =
        directory
            .users(call.number("offset", 0, Integer.MAX_VALUE))
            .filter(user -> holds(user, text))
            .limit(call.number("limit", 25, 200));
    ObjectNode node = Json.object().put("total", directory.size());
    node.set("users", Json.array(found.toList(), this::user));
    node.set("groups", Json.texts(directory.groups().stream().map(OrgGroup::name).toList()));
    return node;
  }

  private static boolean holds(OrgUser user, String text) {
    return (user.displayName() + " " + user.login()).toLowerCase(Locale.ROOT).contains(text);
  }

  private ObjectNode user(OrgUser user) {
    ObjectNode node = Json.object();
    node.put("id", user.id()).put("name", user.displayName()).put("login", user.login());
    node.put("status", user.status().name());
    List<OrgGroup> groups = directory.groupsOf(user).stream().filter(g -> g.index() > 0).toList();
    node.set("groups", Json.texts(groups.stream().map(OrgGroup::name).toList()));
    node.set("factors", Json.array(factors.of(user.id()), json::factor));
    return node;
  }

  private ObjectNode activity() {
    ObjectNode node = Json.object().put("signIns", activity.signIns());
    node.set(
        "entries",
        Json.array(
            activity.entries(),
            entry ->
                Json.object()
                    .put("time", Json.instant(entry.time()))
                    .put("text", entry.text())
                    .put("trouble", entry.trouble())));
    return node;
  }

  private Answer add(Call call) {
    JsonNode body = call.json();
    String login = text(body, "login");
    if (!login.matches("[^@\\s]+@[^@\\s]+")) {
      throw OktaError.invalid("login", "login: Enter an e-mail address.");
    }
    OrgUser user = directory.add(text(body, "firstName"), text(body, "lastName"), login);
    body.path("groups")
        .forEach(name -> directory.setMember(user, directory.groupNamed(name.asText()), true));
    activity.note(user.login() + " was added to the directory.");
    return Answer.json(201, user(user));
  }

  private static String text(JsonNode body, String name) {
    String text = body.path(name).asText("").strip();
    if (text.isEmpty() || text.length() > 100) {
      throw OktaError.invalid(name, name + ": Enter 1 to 100 characters.");
    }
    return text;
  }

  private Answer changeStatus(Call call) {
    String wanted = call.json().path("status").asText();
    Status status =
        Stream.of(Status.values())
            .filter(value -> value.name().equals(wanted))
            .findFirst()
            .orElseThrow(() -> OktaError.invalid("status", "status: Not a status of Okta."));
    OrgUser user = directory.change(call.parameter("user"), status);
    activity.note(user.login() + " is now " + status + ".");
    return Answer.json(user(user));
  }

  private Answer factors(Call call) {
    OrgUser user = directory.user(call.parameter("user"));
    return Answer.json(Json.array(factors.of(user.id()), json::factor));
  }

  private Answer removeFactor(Call call) {
    OrgUser user = directory.user(call.parameter("user"));
    factors.remove(user.id(), call.parameter("factor"));
    activity.note("A passkey of " + user.login() + " was removed by the org's administrator.");
    return Answer.noContent();
  }

  private Answer setMember(Call call, boolean member) {
    OrgUser user = directory.user(call.parameter("user"));
    OrgGroup group = directory.groupNamed(call.parameter("group"));
    directory.setMember(user, group, member);
    activity.note(user.login() + (member ? " joined " : " left ") + group.name() + ".");
    return Answer.json(user(user));
  }
}
