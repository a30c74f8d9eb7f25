package dev.keysmith.war.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.access.Role;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.org.directory.OrgUser.Status;
import dev.keysmith.war.it.Api;
import dev.keysmith.war.it.BenchBesideTheServer;
import dev.keysmith.war.it.Key;
import dev.keysmith.war.it.Scene;
import dev.keysmith.war.it.ServerProcess;
import dev.keysmith.war.it.StationStub;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A server of its own in which people have worked for a month. */
final class LivedIn implements AutoCloseable {

  private static final String DATABASE = "jdbc:h2:file:%s;AUTO_SERVER=TRUE";
  private static final int PEOPLE = 48;
  private static final int ASSIGNED = 20;
  private static final String[] MODELS = {
    "Security Key NFC", "Security Key C", "Security Key NFC", "Security Key Bio"
  };

  private final String database;
  private final ServerProcess server;
  private final Api api;
  private final Scene scene;
  private final long importId;
  private long assignmentId;
  private long workflowId;

  LivedIn(Path directory) throws Exception {
    Path data = directory.resolve("keysmith");
    database = String.format(DATABASE, data.resolve("keysmith"));
    server =
        ServerProcess.start(
            data,
            Path.of(System.getProperty("keysmith.it.log") + "-lived-in"),
            List.of(
                "-Dh2.bindAddress=127.0.0.1",
                "-Dkeysmith.database.url=" + database,
                "-Dkeysmith.plugins.dir=" + System.getProperty("keysmith.it.plugins"),
                "-Dkeysmith.plugin.bench.address=" + BenchBesideTheServer.address()));
    api = Api.anonymous(base()).with(Files.readString(data.resolve("first-api-token")).strip());
    scene =
        new Scene(
            api,
            Scene.practice(
                org ->
                    org.users(PEOPLE)
                        .group("Engineering", "One person in three", number -> number % 3 == 0)
                        .group("Sales", "One person in four", number -> number % 4 == 1)),
            org -> Scene.integration("Example Okta", org.origin(), Scene.API_TOKEN));
    scene.importGroup("Engineering");
    scene.importGroup("Sales");
    scene.importAll();
    importId = api.get("/api/imports?limit=1").json().at("/items/0/id").asLong();
    work();
    yesterdayAndBefore();
  }

  URI base() {
    return URI.create("http://localhost:" + server.address().getPort() + "/");
  }

  Api api() {
    return api;
  }

  Scene scene() {
    return scene;
  }

  /** A key on the bench, by the words of the device. */
  Key key(String product) {
    return new Key(scene, VirtualKey.builder().product(product));
  }

  private void work() {
    workflowId = workflow("Engineering gets passkeys", "NEW_SECURITY_KEY_ACTIVATED", "Engineering");
    workflow("Everybody new in Sales", "NEW_USER_IMPORTED", "Sales");
    assign();
    for (int number = 0; number < 8; number++) {
      try (Key key = key(MODELS[number % MODELS.length])) {
        key.write(number);
      }
    }
    scene.org().changeStatus(scene.org().user(8).id(), Status.SUSPENDED);
    try (Key key = key(MODELS[0])) {
      key.write(8);
    }
    lose(2);
    retire(3);
    stock("Security Key C", "K-0117");
    stock("Security Key NFC", "K-0118");
    people();
    stations();
  }

  private void assign() {
    List<Long> who = IntStream.range(0, ASSIGNED).mapToObj(number -> scene.userId(number)).toList();
    assignmentId = post("/api/assignments", Map.of("users", Map.of("ids", who))).number("id");
    api.follow(
        "/api/assignments/" + assignmentId + "/events",
        state -> !state.required("state").asString().equals("RUNNING"));
  }

  private long workflow(String name, String trigger, String group) {
    Map<String, Object> wanted =
        Map.of(
            "name",
            name,
            "integrationId",
            scene.integrationId(),
            "trigger",
            trigger,
            "groupIds",
            List.of(scene.groupId(group)));
    return post("/api/workflows", wanted).number("id");
  }

  private void people() {
    for (String each : new String[] {"Bea Berg OPERATOR", "Carl Costa AUDITOR"}) {
      String[] words = each.split(" ");
      String login = words[0].toLowerCase(java.util.Locale.ROOT);
      post(
          "/api/operators",
          Map.of("login", login, "name", words[0] + " " + words[1], "role", words[2]));
    }
    post("/api/tokens", Map.of("label", "Nightly report", "role", Role.AUDITOR.name()));
    post("/api/tokens", Map.of("label", "Shipping desk", "role", Role.OPERATOR.name()));
  }

  private void stations() {
    for (String name : new String[] {"Reception", "Branch office"}) {
      String code =
          api.post(
                  "/api/stations/pairings",
                  Map.of("name", name, "site", "Bern", "serves", "OPERATORS"))
              .json()
              .required("code")
              .asString();
      try (StationStub station = new StationStub(base())) {
        station.pair(code).connect();
      }
    }
  }

  private void stock(String product, String tag) {
    try (Key key = key(product)) {
      post("/api/keys", Map.of("transport", "bench", "key", key.id(), "assetTag", tag));
    }
  }

  private void lose(int number) {
    post("/api/keys/" + keyOf(number) + "/lose?passkeys=KEEP", Map.of());
  }

  private void retire(int number) {
    post("/api/keys/" + keyOf(number) + "/retire?passkeys=KEEP", Map.of());
  }

  /** The key in the inventory that this person has. */
  long keyOf(int number) {
    return api.get("/api/keys?owner=" + scene.userId(number))
        .json()
        .required("items")
        .required(0)
        .required("id")
        .asLong();
  }

  /** What happened today is told as if it had happened in the weeks before, too. */
  private void yesterdayAndBefore() throws Exception {
    try (Connection connection = DriverManager.getConnection(database, "keysmith", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into audit_entry (id, at, actor_kind, actor_id, actor_name, action, subject_type,"
              + " subject_id, subject_label, details) select -(100 * e.id + r), dateadd('DAY', -1 -"
              + " mod(e.id * r, 29), e.at), actor_kind, actor_id, actor_name, action, subject_type,"
              + " subject_id, subject_label, details from audit_entry e, (select x as r from system_range(1, 16)) where action"
              + " in ('passkey.assigned', 'passkey.activated')");
    }
  }

  long importId() {
    return importId;
  }

  long assignmentId() {
    return assignmentId;
  }

  long workflowId() {
    return workflowId;
  }

  /** A new activation code: one that was redeemed in a browser is refused in another. */
  String code() {
    return post("/api/activation-codes", Map.of("userId", scene.userId(10))).text("text");
  }

  private Made post(String path, Map<String, Object> body) {
    Api.Answer answer = api.post(path, body);
    assertThat(answer.status()).as(path + ": " + answer.http().body()).isBetween(200, 299);
    return new Made(answer);
  }

  private record Made(Api.Answer answer) {

    long number(String name) {
      return answer.json().required(name).asLong();
    }

    String text(String name) {
      return answer.json().required(name).asString();
    }
  }

  @Override
  public void close() {
    scene.close();
    server.close();
  }
}
