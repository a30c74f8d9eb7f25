package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.org.PracticeOrg;
import dev.keysmith.testing.org.PracticeOrgBuilder;
import dev.keysmith.testing.org.factor.OrgFactor;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** The server under test, connected with a practice org of its own for each test. */
public final class Scene implements AutoCloseable {

  /** Occurs in the server's log only if a secret leaks. */
  public static final String API_TOKEN = "Marker-Api-Token-4711";

  private static final Set<String> ORIGINS = ConcurrentHashMap.newKeySet();

  private final Api api;
  private final PracticeOrg org;
  private final long integrationId;

  public Scene(URI base) {
    this(base, origin -> origin);
  }

  /**
   * @param entered what is entered for the org's origin
   */
  Scene(URI base, UnaryOperator<String> entered) {
    this(Api.administrator(base), entered);
  }

  /**
   * @param api of another server than the one that all tests share
   * @param entered what is entered for the org's origin
   */
  Scene(Api api, UnaryOperator<String> entered) {
    this(api, practice(), org -> integration(entered.apply(org.origin()), API_TOKEN));
  }

  /**
   * @param api of another server than the one that all tests share
   * @param org with any people; the scene closes it
   * @param settings by which it is connected
   */
  public Scene(Api api, PracticeOrg org, Function<PracticeOrg, Map<String, Object>> settings) {
    this.api = api;
    this.org = org;
    integrationId = id(api.post("/api/integrations", settings.apply(org)), 201);
  }

  /** An org that is not connected yet; the caller closes it. */
  public static PracticeOrg practice() {
    return practice(
        org -> org.users(6).group("Staff", "Every other person", number -> number % 2 == 0));
  }

  /**
   * An org with these people and groups, at an address that none of these tests has used before.
   */
  public static PracticeOrg practice(UnaryOperator<PracticeOrgBuilder> people) {
    PracticeOrg org = start(people);
    // The system gives a port out again after a while, and the server knows that address already.
    while (!ORIGINS.add(org.origin())) {
      PracticeOrg known = org;
      org = start(people);
      known.close();
    }
    return org;
  }

  private static PracticeOrg start(UnaryOperator<PracticeOrgBuilder> people) {
    return people.apply(PracticeOrg.builder()).token(API_TOKEN).bench(new Table()).start();
  }

  /** Settings as the API takes them. */
  static Map<String, Object> integration(String origin, String token) {
    return integration("Org at " + origin, origin, token);
  }

  /** Settings of an integration with a label. */
  public static Map<String, Object> integration(String label, String origin, String token) {
    return Map.of(
        "label",
        label,
        "plugin",
        "okta",
        "settings",
        Map.of("origin", origin),
        "secrets",
        Map.of("api-token", token));
  }

  /** The server, as an administrator calls it. */
  public Api api() {
    return api;
  }

  /** The identity provider. */
  public PracticeOrg org() {
    return org;
  }

  public long integrationId() {
    return integrationId;
  }

  /** Imports everybody, and waits for the end. */
  public JsonNode importAll() {
    return done(importing("WHOLE", List.of()));
  }

  /** Imports the members of a group, and waits for the end. */
  public JsonNode importGroup(String name) {
    return done(importing("GROUPS", List.of(org.groupId(name))));
  }

  private static JsonNode done(JsonNode last) {
    assertThat(last.required("state").asString()).as(last.toString()).isEqualTo("DONE");
    return last;
  }

  /** Imports, and waits for the end, which may be a failure. */
  JsonNode importing(String scope, List<String> groups) {
    Map<String, Object> wanted =
        Map.of(
            "integrationId", integrationId, "scope", scope, "groups", groups, "mode", "NEW_ONLY");
    Api.Answer started = api.post("/api/imports", wanted);
    assertThat(started.status()).as(started.http().body()).isEqualTo(202);
    String location = URI.create(started.header("Location")).getPath();
    return api.follow(
        location + "/events", state -> !isRunning(state.required("state").asString()));
  }

  private static boolean isRunning(String state) {
    return state.equals("QUEUED") || state.equals("RUNNING");
  }

  /** The id here of the person with this number in the org. */
  public long userId(int number) {
    String login = org.user(number).login();
    JsonNode found = api.get("/api/users?integration=" + integrationId + "&text=" + login).json();
    return found.required("items").required(0).required("id").asLong();
  }

  /** Promises a passkey to the person with this number. */
  public long assign(int number) {
    return id(assigning(userId(number)), 201);
  }

  Api.Answer assigning(long userId) {
    return api.post("/api/passkeys", Map.of("userId", userId, "integrationId", integrationId));
  }

  public JsonNode passkey(long id) {
    return api.get("/api/passkeys/" + id).json();
  }

  /** The passkeys of the person with this number, the newest first. */
  JsonNode passkeysOf(int number) {
    return api.get("/api/passkeys?user=" + userId(number)).json().required("items");
  }

  /** The factors that the person with this number has in the org. */
  List<OrgFactor> factors(int number) {
    return org.factors(org.user(number).id());
  }

  /** A workflow; returns its id. */
  public long workflow(String trigger, List<Long> groupIds) {
    Map<String, Object> wanted =
        Map.of(
            "name",
            trigger + " of " + integrationId,
            "integrationId",
            integrationId,
            "trigger",
            trigger,
            "groupIds",
            groupIds);
    return id(api.post("/api/workflows", wanted), 201);
  }

  /** The id here of a group that was imported. */
  public long groupId(String name) {
    JsonNode found = api.get("/api/groups?integration=" + integrationId + "&text=" + name).json();
    return found.required("items").required(0).required("id").asLong();
  }

  /** The audit log about the person with this number, the newest first. */
  List<String> audited(int number) {
    return api.get("/api/audit?limit=200&subject=" + org.user(number).login())
        .json()
        .required("items")
        .findValuesAsString("action");
  }

  /** The audit log about something else, the newest first. */
  List<String> audited(String type, long id) {
    return api.get("/api/audit?limit=200&subjectType=" + type + "&subjectId=" + id)
        .json()
        .required("items")
        .findValuesAsString("action");
  }

  static long id(Api.Answer answer, int status) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    return answer.json().required("id").asLong();
  }

  /** No factor waits for a response. */
  void assertNothingPending() {
    for (int number = 0; number < 6; number++) {
      assertThat(factors(number)).as("factors of person " + number).allMatch(OrgFactor::isActive);
    }
  }

  @Override
  public void close() {
    api.post("/api/integrations/" + integrationId + "/disable", Map.of());
    org.close();
  }
}
