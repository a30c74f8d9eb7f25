package dev.keysmith.testing.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keysmith.spi.MovableClock;
import dev.keysmith.testing.org.Client.Reply;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.testing.org.directory.OrgUser.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DirectoryTest {

  private final MovableClock clock = new MovableClock();
  private final PracticeOrg org =
      PracticeOrg.builder()
          .users(30)
          .clock(clock)
          .token("token")
          .group("Engineering", "Builds", number -> number % 3 == 0)
          .group("Empty", "Nobody", number -> false)
          .start();
  private final Client client = new Client(org, "SSWS token");

  @AfterEach
  void close() {
    org.close();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<String> all(Client client, String path, String field) {
    List<String> found = new ArrayList<>();
    Optional<String> next = Optional.of(path);
    while (next.isPresent()) {
      Reply reply = client.get(next.get());
      assertThat(reply.status()).isEqualTo(200);
      for (JsonNode item : reply.body()) {
        found.add(item.at(field).asText());
      }
      next = reply.next();
    }
    return found;
  }

  @Test
  void listsEveryUserOnceByFollowingTheLinks() {
    List<String> ids = all(client, "/api/v1/users?limit=7", "/id");

    assertThat(ids).hasSize(30).doesNotHaveDuplicates().allMatch(id -> id.length() == 20);
  }

  @Test
  void givesLinksOnLinesOfTheirOwnAndNoNextAtTheEnd() {
    Reply first = client.get("/api/v1/users?limit=15");
    Reply last = client.get(first.next().orElseThrow());

    assertThat(first.response().headers().allValues("Link"))
        .hasSize(2)
        .anyMatch(link -> link.endsWith("rel=\"self\""));
    assertThat(last.body()).hasSize(15);
    assertThat(last.next()).isEmpty();
  }

  @Test
  void findsAUserByIdAndByLogin() {
    OrgUser user = org.user(5);

    Reply byId = client.get("/api/v1/users/" + user.id());
    Reply byLogin = client.get("/api/v1/users/" + encode(user.login()));

    assertThat(byId.body()).isEqualTo(byLogin.body());
    assertThat(byId.body().at("/profile/login").asText()).isEqualTo(user.login());
  }

  @Test
  void saysNotFoundAsOktaDoes() {
    Reply reply = client.get("/api/v1/users/nobody@example.org");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.errorCode()).isEqualTo("E0000007");
    assertThat(reply.body().path("errorSummary").asText())
        .isEqualTo("Not found: Resource not found: nobody@example.org (User)");
  }

  @Test
  void listsOnlyWhatChangedSinceAndThoseWhoLeftToo() {
    String since = "2026-11-01T12:00:00.000Z";
    clock.advance(Duration.ofMinutes(1));
    org.changeStatus(org.user(3).id(), Status.DEPROVISIONED);
    org.rename(org.user(9).id(), "New", "Name");
    String added = org.addUser("Al", "Late", "al.late@example.org").id();

    for (String parameter : List.of("search", "filter")) {
      String query = parameter + "=" + encode("lastUpdated gt \"" + since + "\"");
      assertThat(all(client, "/api/v1/users?limit=2&" + query, "/id"))
          .containsExactly(org.user(3).id(), org.user(9).id(), added);
    }
  }

  @Test
  void leavesThoseWhoLeftOutOfThePlainListAndOfGroups() {
    org.changeStatus(org.user(3).id(), Status.DEPROVISIONED);

    assertThat(all(client, "/api/v1/users", "/id")).hasSize(29).doesNotContain(org.user(3).id());
    String members = "/api/v1/groups/" + org.groupId("Engineering") + "/users?limit=4";
    assertThat(all(client, members, "/id")).hasSize(9).doesNotContain(org.user(3).id());
  }

  @Test
  void joinsConditionsAndRefusesWhatItCannotRead() {
    org.changeStatus(org.user(1).id(), Status.SUSPENDED);
    String expression = "status eq \"SUSPENDED\" and (id pr or profile.login sw \"zz\")";

    Reply found = client.get("/api/v1/users?search=" + encode(expression));
    Reply wrong = client.get("/api/v1/users?search=" + encode("status is \"ACTIVE\""));

    assertThat(found.body()).hasSize(1);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.errorCode()).isEqualTo("E0000031");
  }

  @Test
  void findsByTheBeginningOfANameWithoutPages() {
    Reply reply = client.get("/api/v1/users?q=chlo");

    assertThat(reply.body()).isNotEmpty();
    assertThat(reply.body().path(0).at("/profile/firstName").asText()).isEqualTo("Chloë");
    assertThat(reply.response().headers().allValues("Link")).isEmpty();
  }

  @Test
  void listsGroupsByNameWithTheNumberOfMembers() {
    Reply reply = client.get("/api/v1/groups?q=eng&expand=stats&limit=10");

    assertThat(reply.body()).hasSize(1);
    assertThat(reply.body().path(0).at("/profile/name").asText()).isEqualTo("Engineering");
    assertThat(reply.body().path(0).at("/_embedded/stats/usersCount").asInt()).isEqualTo(10);
    assertThat(all(client, "/api/v1/groups?limit=1", "/profile/name"))
        .containsExactly("Everyone", "Engineering", "Empty");
  }

  @Test
  void showsAMembershipFromBothSidesOnceItIsAdded() {
    OrgUser user = org.user(1);
    org.addToGroup(user.id(), "Empty");

    String group = org.groupId("Empty");
    assertThat(all(client, "/api/v1/groups/" + group + "/users", "/id")).containsExactly(user.id());
    assertThat(all(client, "/api/v1/users/" + user.id() + "/groups", "/profile/name"))
        .containsExactly("Everyone", "Empty");
    assertThat(client.get("/api/v1/groups/" + group).body().path("lastMembershipUpdated").asText())
        .isEqualTo("2026-11-01T12:00:00.000Z");

    org.removeFromGroup(user.id(), "Empty");

    assertThat(client.get("/api/v1/groups/" + group + "/users").body()).isEmpty();
  }

  @Test
  void refusesASecondUserWithTheSameLogin() {
    org.addUser("Al", "Late", "al.late@example.org", "Empty");

    assertThatThrownBy(() -> org.addUser("Al", "Late", "AL.LATE@example.org"))
        .hasMessageContaining("login");
  }

  @Test
  void listsAHundredThousandUsersInPages() {
    try (PracticeOrg big = PracticeOrg.builder().users(100_000).token("token").start()) {
      Client caller = new Client(big, "SSWS token");
      List<String> logins = all(caller, "/api/v1/users?limit=200", "/profile/login");

      assertThat(new HashSet<>(logins)).hasSize(100_000);
      assertThat(caller.get("/api/v1/users/" + logins.get(99_999)).body().path("id").asText())
          .isEqualTo(big.user(99_999).id());
    }
  }

  @Test
  void saysWhoseTheTokenIsAndWhatOrgThisIs() {
    assertThat(client.get("/api/v1/users/me").body().path("id").asText())
        .isEqualTo(org.user(0).id());
    assertThat(client.get("/api/v1/org").body().path("companyName").asText())
        .isEqualTo("Practice org");
    Reply wellKnown = new Client(org, "none").get("/.well-known/okta-organization");
    assertThat(wellKnown.body().path("pipeline").asText()).isEqualTo("idx");
    assertThat(wellKnown.body().at("/_links/organization/href").asText()).isEqualTo(org.origin());
  }
}
