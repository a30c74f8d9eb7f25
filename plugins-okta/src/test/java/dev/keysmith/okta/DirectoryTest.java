package dev.keysmith.okta;

import static dev.keysmith.okta.Assertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.okta.LoopbackOrg.Reply;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.DirectoryUser.Status;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.Page;
import dev.keysmith.spi.idp.UserQuery;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryTest {

  private static final UserQuery EVERYBODY = new UserQuery.WholeDirectory();

  private LoopbackOrg org;
  private IdentityProvider okta;

  @BeforeEach
  void start() throws IOException {
    org = new LoopbackOrg();
    okta = org.provider();
  }

  @AfterEach
  void stop() {
    okta.close();
    org.close();
  }

  static String user(int number) {
    return user("00u" + number, "user" + number + "@example.org", "ACTIVE");
  }

  static String user(String id, String login, String status) {
    return """
        {"id":"%s","status":"%s","created":"2026-01-01T00:00:00.000Z","type":{"id":"oty1"},
         "profile":{"firstName":"Ann","lastName":"Example","email":"%s","login":"%s",
         "costCenter":17,"mobilePhone":null},"credentials":{"provider":{"type":"NEW"}}}"""
        .formatted(id, status, login, login);
  }

  private static String users(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(DirectoryTest::user)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private String link(String path, String rel) {
    return "<" + org.origin() + path + ">; rel=\"" + rel + "\"";
  }

  private List<DirectoryUser> all(UserQuery query) {
    List<DirectoryUser> users = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<DirectoryUser> page = okta.users(query, cursor);
      users.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return users;
  }

  @Test
  void listsMoreThanAThousandUsersPageByPage() {
    for (int page = 0; page < 6; page++) {
      String query = page == 0 ? "limit=200" : "after=c" + page + "&limit=200";
      Reply reply = Reply.json(200, users(page * 200 + 1, page * 200 + 200));
      String self = link("/api/v1/users?" + query, "self");
      String next = link("/api/v1/users?after=c" + (page + 1) + "&limit=200", "next");
      org.on(
          "GET /api/v1/users?" + query,
          page == 5 ? reply.with("Link", self) : reply.with("Link", self, next));
    }
    assertThat(all(EVERYBODY))
        .hasSize(1200)
        .extracting(DirectoryUser::id)
        .doesNotHaveDuplicates()
        .startsWith("00u1")
        .endsWith("00u1200");
    assertThat(org.received("GET /api/v1/users"))
        .hasSize(6)
        .allSatisfy(
            call -> {
              assertThat(call.header("Authorization")).isEqualTo("SSWS " + LoopbackOrg.TOKEN);
              assertThat(call.header("Content-type")).contains("omitCredentials");
            });
  }

  @Test
  void understandsLinksThatAProxyHasJoinedIntoOneHeader() {
    String joined =
        link("/api/v1/groups/00g1/users?limit=200", "self")
            + ", "
            + link("/api/v1/groups/00g1/users?after=b,c&limit=200", "next");
    org.on(
            "GET /api/v1/groups/00g1/users?limit=200",
            Reply.json(200, users(1, 200)).with("Link", joined))
        .on("GET /api/v1/groups/00g1/users?after=b,c&limit=200", users(201, 210));
    assertThat(all(new UserQuery.MembersOf("00g1"))).hasSize(210);
  }

  @Test
  void doesNotFollowAPageToAnotherHost() {
    String elsewhere = "<https://evil.example.net/api/v1/users?after=x>; rel=\"next\"";
    org.on("GET /api/v1/users", Reply.json(200, users(1, 2)).with("Link", elsewhere));
    assertFails(() -> okta.users(EVERYBODY, Optional.empty()), Reason.MISCONFIGURED)
        .hasMessageContaining("another host");
  }

  @Test
  void doesNotFollowAPageToAHostThatBeginsLikeTheOrg() {
    String elsewhere = "<" + org.origin() + ".evil.example.net/api/v1/users>; rel=\"next\"";
    org.on("GET /api/v1/users", Reply.json(200, users(1, 2)).with("Link", elsewhere));
    assertFails(() -> okta.users(EVERYBODY, Optional.empty()), Reason.MISCONFIGURED)
        .hasMessageContaining("another host");
  }

  @Test
  void saysThatACursorWhichOktaRefusesHasExpired() {
    String next = link("/api/v1/users?after=old&limit=200", "next");
    org.on("GET /api/v1/users?limit=200", Reply.json(200, users(1, 2)).with("Link", next))
        .on(
            "GET /api/v1/users?after=old&limit=200",
            Reply.error(400, "E0000001", "Invalid cursor"));
    Optional<String> cursor = okta.users(EVERYBODY, Optional.empty()).next();
    assertFails(() -> okta.users(EVERYBODY, cursor), Reason.EXPIRED)
        .hasMessageContaining("Start the list again");
  }

  @ParameterizedTest
  @CsvSource({"not base64!", "aHR0cHM6Ly9ldmlsLmV4YW1wbGUubmV0Lw", "L2FwaS92MS8uLi8uLi94"})
  void refusesACursorThatItDidNotGive(String cursor) {
    assertFails(() -> okta.users(EVERYBODY, Optional.of(cursor)), Reason.EXPIRED)
        .hasMessageContaining("cursor");
    assertThat(org.received()).isEmpty();
  }

  @Test
  void asksForChangesWithAnOverlapBecauseTheSearchLagsBehind() {
    org.on("GET /api/v1/users", "[" + user("00u1", "left@example.org", "DEPROVISIONED") + "]");
    var changed = new UserQuery.ChangedSince(Instant.parse("2026-11-01T10:00:00.123456Z"));
    assertThat(all(changed)).extracting(DirectoryUser::status).containsExactly(Status.LEFT);
    assertThat(org.received().get(0).query())
        .contains("search=lastUpdated%20gt%20%222026-11-01T09%3A55%3A00.123Z%22");
  }

  @ParameterizedTest
  @CsvSource({
    "ACTIVE,ACTIVE",
    "PASSWORD_EXPIRED,ACTIVE",
    "RECOVERY,ACTIVE",
    "STAGED,STAGED",
    "PROVISIONED,STAGED",
    "SUSPENDED,SUSPENDED",
    "LOCKED_OUT,SUSPENDED",
    "DEPROVISIONED,LEFT",
    "INVENTED_NEXT_YEAR,ACTIVE"
  })
  void knowsTheStatesOfUsers(String okta, Status expected) {
    org.on("GET /api/v1/users/00u1", user("00u1", "ann@example.org", okta));
    assertThat(this.okta.findUser("00u1"))
        .get()
        .extracting(DirectoryUser::status)
        .isEqualTo(expected);
  }

  @Test
  void findsAUserByALoginWithCharactersThatAnAddressMayNotHold() {
    org.on(
        "GET /api/v1/users/ab%20c%2B%3F%23@example.org".replace("@", "%40"),
        user("00u1", "ab c+?#@example.org", "ACTIVE"));
    assertThat(okta.findUser("ab c+?#@example.org"))
        .get()
        .satisfies(
            user -> {
              assertThat(user.id()).isEqualTo("00u1");
              assertThat(user.displayName()).isEqualTo("Ann Example");
              assertThat(user.email()).contains("ab c+?#@example.org");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"corp/ann@example.org", "corp\\ann", "a;b@example.org", "50%", "..", "."})
  void searchesForALoginThatCannotStandInAnAddress(String login) {
    String json = login.replace("\\", "\\\\");
    org.on(
        "GET /api/v1/users",
        "[" + user("00u9", "x" + json, "ACTIVE") + "," + user("00u1", json, "ACTIVE") + "]");
    assertThat(okta.findUser(login)).get().extracting(DirectoryUser::id).isEqualTo("00u1");
    assertThat(org.received())
        .singleElement()
        .satisfies(
            call ->
                assertThat(URLDecoder.decode(call.query(), StandardCharsets.UTF_8))
                    .contains("search=profile.login eq \"" + json + "\""));
  }

  @Test
  void letsNoLoginLeaveTheQuotesOfASearch() {
    org.on("GET /api/v1/users", "[]");
    assertThat(okta.findUser("/\" or id pr or id eq \"\\")).isEmpty();
    assertThat(URLDecoder.decode(org.received().get(0).query(), StandardCharsets.UTF_8))
        .contains("search=profile.login eq \"/\\\" or id pr or id eq \\\"\\\\\"");
  }

  @Test
  void searchesForALoginThatOktaRefusesInAnAddress() {
    org.on("GET /api/v1/users/odd", Reply.error(405, "E0000022", "Method not supported"))
        .on("GET /api/v1/users", "[" + user("00u1", "odd", "ACTIVE") + "]");
    assertThat(okta.findUser("odd")).get().extracting(DirectoryUser::id).isEqualTo("00u1");
    org.on("GET /api/v1/users", Reply.error(400, "E0000031", "Invalid search criteria."));
    assertFails(() -> okta.findUser("odd"), Reason.REJECTED).hasMessageContaining("user's ID");
  }

  @Test
  void saysThatItIsOneUserAloneWhomTheCredentialMayNotSee() {
    Reply denied = Reply.error(403, "E0000006", "No permission");
    org.on("GET /api/v1/users/00u1", denied).on("GET /api/v1/users", "[]");
    assertFails(() -> okta.findUser("00u1"), Reason.REJECTED)
        .hasMessageContainingAll("E0000006", "Other users are shown");
    org.on("GET /api/v1/users", denied);
    assertFails(() -> okta.findUser("00u1"), Reason.MISCONFIGURED);
  }

  @Test
  void doesNotTakeWhatIsNoUserForNobody() {
    org.on("GET /api/v1/users/00u1", "[]");
    assertFails(() -> okta.findUser("00u1"), Reason.UNAVAILABLE)
        .hasMessageContaining("could not be understood");
    org.on("GET /api/v1/groups", "{}");
    assertFails(() -> okta.groups("", 10), Reason.UNAVAILABLE).hasMessageContaining("no list");
  }

  @Test
  void neverReadsNullAsAText() {
    org.on(
        "GET /api/v1/users",
        """
        [{"id":null,"profile":{"login":"a"}},{"id":"00u2","profile":{"login":null}},null,7,
         {"id":"00u3","status":null,"profile":{"login":"ann","firstName":null,"lastName":null,
          "displayName":null,"email":null}},
         {"id":"00u4","profile":{"login":"bob","firstName":"Bob","lastName":null,"email":5}}]""");
    assertThat(all(EVERYBODY))
        .containsExactly(
            new DirectoryUser("00u3", "ann", "ann", Optional.empty(), Status.ACTIVE),
            new DirectoryUser("00u4", "bob", "Bob", Optional.empty(), Status.ACTIVE));
  }

  @Test
  void leavesALongLoginWholeForHalfOfItIsSomebodyElses() {
    String login = "x".repeat(300);
    org.on("GET /api/v1/users", "[" + user("00u1", login, "ACTIVE") + "]");
    assertThat(all(EVERYBODY)).extracting(DirectoryUser::login).containsExactly(login);
  }

  @Test
  void doesNotTakeTheOwnerOfTheTokenForAUserWhoseLoginIsMe() {
    org.on("GET /api/v1/users/me", user("00uadmin", "admin@example.org", "ACTIVE"));
    assertThat(okta.findUser("me")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"nobody@example.org", "..", "."})
  void findsNobodyWhereThereIsNobody(String login) {
    org.on("GET /api/v1/users", "[]");
    assertThat(okta.findUser(login)).isEmpty();
    assertThat(okta.findGroup(login)).isEmpty();
  }

  @Test
  void skipsAnEntryWithoutLoginInsteadOfGivingUpTheWholeList() {
    org.on("GET /api/v1/users", "[{\"id\":\"00u1\",\"profile\":{}}," + user(2) + "]");
    assertThat(all(EVERYBODY)).extracting(DirectoryUser::id).containsExactly("00u2");
  }

  @Test
  void sortsGroupsByNameAndKeepsThoseThatBeginWithTheText() {
    org.on(
        "GET /api/v1/groups",
        """
        [{"id":"00g1","type":"OKTA_GROUP","profile":{"name":"sales west","description":null}},
         {"id":"00g2","type":"BUILT_IN","profile":{"name":"Presales"}},
         {"id":"00g3","type":"APP_GROUP","profile":{"name":"Sales East","description":"East"}}]""");
    assertThat(okta.groups("sALES", 50))
        .containsExactly(
            new DirectoryGroup("00g3", "Sales East", Optional.of("East")),
            new DirectoryGroup("00g1", "sales west", Optional.empty()));
    assertThat(okta.groups("", 1)).extracting(DirectoryGroup::name).containsExactly("Presales");
    assertThat(org.received().get(0).query()).contains("q=sALES");
  }

  @Test
  void saysThatTheGroupOfAQueryDoesNotExist() {
    var gone = new UserQuery.MembersOf("00gGone");
    assertFails(() -> okta.users(gone, Optional.empty()), Reason.NOT_FOUND)
        .hasMessageContaining("members of a group");
    var malformed = new UserQuery.MembersOf("../users");
    assertFails(() -> okta.users(malformed, Optional.empty()), Reason.NOT_FOUND)
        .hasMessageContaining("malformed");
  }
}
