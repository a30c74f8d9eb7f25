package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The WAR on PostgreSQL, by configuration alone: one server, and then two that share it. */
class PostgreSqlIT {

  @TempDir Path directory;

  @Test
  void startsOnAnEmptyDatabaseSurvivesItsRestartAndSharesItWithASecondNode() throws Exception {
    try (RestartablePostgreSql database =
            RestartablePostgreSql.start(directory.resolve("database"));
        ServerProcess one = start(database, "one")) {
      Api administrator = Api.anonymous(one.address()).with(firstToken("one"));
      String token = Tokens.create(administrator, "ci", "ADMINISTRATOR");
      Api here = administrator.with(token);

      database.restart();
      assertThat(here.get("/api/me").status()).as("the next request").isEqualTo(200);
      Tokens.create(here, "after the database was restarted", "AUDITOR");
      assertThat(here.get("/health/ready").status()).isEqualTo(200);

      try (ServerProcess two = start(database, "two")) {
        Api there = Api.anonymous(two.address()).with(token);
        isStrictBehindTls(Api.anonymous(two.address()).get("/panel/sign-in"));
        assertThat(there.get("/health/ready").status()).isEqualTo(200);
        assertThat(there.get("/api/tokens").json().findValuesAsString("label"))
            .contains("ci", "after the database was restarted");
        sharesOperators(here, there);
        sharesWork(here, there);
      }
    }
  }

  /** The server knows by its address alone that a proxy with TLS is before it. */
  private static void isStrictBehindTls(Api.Answer page) {
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.http().headers().allValues("Set-Cookie"))
        .filteredOn(cookie -> cookie.startsWith("__Host-keysmith="))
        .singleElement(as(STRING))
        .contains("Path=/", "Secure", "HttpOnly", "SameSite=Strict");
    assertThat(page.header("Strict-Transport-Security"))
        .isEqualTo("max-age=31536000; includeSubDomains");
  }

  private static void sharesOperators(Api here, Api there) {
    Map<String, String> wanted = Map.of("login", "olga", "name", "Olga", "role", "OPERATOR");
    assertThat(here.post("/api/operators", wanted).status()).isEqualTo(201);

    assertThat(there.get("/api/operators?text=olga").json().required("total").asInt()).isOne();
    assertThat(there.get("/api/audit?action=operator.").http().body())
        .contains("olga", "\"address\"");
  }

  private static void sharesWork(Api here, Api there) {
    try (Scene scene = new Scene(here, origin -> origin)) {
      long workflow = scene.workflow("NEW_USER_IMPORTED", List.of());
      importOneFromAList(scene, there);
      scene.importAll();

      JsonNode decisions = decisions(there, workflow, 6);
      assertThat(decisions.findValuesAsString("decision")).hasSize(6).containsOnly("ASSIGNED");
      for (int number = 0; number < 6; number++) {
        assertThat(scene.passkeysOf(number).size()).as("passkeys of " + number).isOne();
      }
      redeemsThereACodeIssuedHere(scene, there);
    }
  }

  private static void importOneFromAList(Scene scene, Api there) {
    Api.Answer started =
        there.send(
            "POST",
            "/api/imports/list?integration=" + scene.integrationId(),
            BodyPublishers.ofString("login\n" + scene.org().user(1).login() + "\nnobody\n"),
            Map.of("Content-Type", "text/csv"));
    assertThat(started.status()).as(started.http().body()).isEqualTo(202);
    String address = URI.create(started.header("Location")).getPath();
    JsonNode end =
        Waiting.eventually(
            () -> there.get(address).json(),
            run -> !run.required("state").asString().matches("QUEUED|RUNNING"));
    assertThat(end.required("state").asString()).as(end.toString()).isEqualTo("DONE");
    assertThat(end.at("/counts/created").asInt()).isEqualTo(1);
    assertThat(end.at("/counts/failed").asInt()).isEqualTo(1);
  }

  private static JsonNode decisions(Api there, long workflow, int expected) {
    return Waiting.eventually(
        () -> there.get("/api/workflows/" + workflow + "/runs").json().required("items"),
        items -> items.size() >= expected);
  }

  private static void redeemsThereACodeIssuedHere(Scene scene, Api there) {
    String code =
        scene
            .api()
            .post("/api/activation-codes", Map.of("userId", scene.userId(0)))
            .json()
            .required("text")
            .asString();
    Api.Answer redeemed = there.post("/api/activation/redeem", Map.of("code", code));
    assertThat(redeemed.status()).as(redeemed.http().body()).isEqualTo(200);

    Api owner = scene.api().withCookieOf(redeemed);
    assertThat(owner.get("/api/activation").json().required("login").asString())
        .isEqualTo(scene.org().user(0).login());
  }

  private String firstToken(String node) throws Exception {
    return Files.readString(directory.resolve(node).resolve("first-api-token")).strip();
  }

  /** Both nodes have the master key of the first. */
  private ServerProcess start(RestartablePostgreSql database, String node) throws Exception {
    return ServerProcess.start(
        directory.resolve(node),
        Path.of(System.getProperty("keysmith.it.log") + "-postgresql-" + node),
        List.of(
            "-Dkeysmith.node=" + node,
            "-Dkeysmith.url=https://keysmith.example.org",
            "-Dkeysmith.master-key.file=" + directory.resolve("one/master-key.json"),
            "-Dkeysmith.database.url=" + database.url(),
            "-Dkeysmith.database.user=keysmith",
            "-Dkeysmith.database.password=right"));
  }
}
