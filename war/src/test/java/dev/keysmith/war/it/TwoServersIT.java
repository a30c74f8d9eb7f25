package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A station and two servers behind a proxy that spreads connections. */
class TwoServersIT {

  private static final String PIN = "Marker-Pin-8152";

  @TempDir Path directory;

  @Test
  void useTheKeysOfAStationFromEitherAndAfterTheDeathOfOne() throws Exception {
    try (RestartablePostgreSql database =
            RestartablePostgreSql.start(directory.resolve("database"));
        ServerProcess one = start(database, "one");
        ServerProcess two = start(database, "two");
        RoundRobin proxy = new RoundRobin(List.of(one.address(), two.address()));
        StationProgram station = new StationProgram(directory)) {
      Api here = Api.anonymous(one.address()).with(firstToken());
      Api there = Api.anonymous(two.address()).with(firstToken());
      station.pair(proxy.address(), code(here)).run();
      String id = station.bench().create(VirtualKey.builder().touch(TouchPolicy.byHand()));

      JsonNode key = awaitKey(here);
      assertThat(awaitKey(there)).as("the same id on each server").isEqualTo(key);
      try (Scene scene = new Scene(here, origin -> origin)) {
        scene.importAll();
        long passkey = scene.assign(0);
        Key.Session session = begin(there, scene.userId(0), key);
        session.awaitTouch();
        assertThat(examine(here, key).problem()).isEqualTo("plugin.key-busy");
        station.bench().key(id).touch();
        assertThat(session.end().required("state").asString()).isEqualTo("DONE");
        assertThat(state(here, passkey)).isEqualTo("ACTIVE");

        two.kill();
        assertThat(listed(here)).isPresent();
        assertThat(examine(here, key).status()).isEqualTo(200);
      }
    }
  }

  private static String state(Api server, long passkey) {
    return server.get("/api/passkeys/" + passkey).json().required("state").asString();
  }

  private static String code(Api server) {
    return server
        .post("/api/stations/pairings", Map.of("name", "Shared", "serves", "OPERATORS"))
        .json()
        .required("code")
        .asString();
  }

  private static Optional<JsonNode> listed(Api server) {
    return server
        .get("/api/station")
        .json()
        .required("keys")
        .valueStream()
        .filter(key -> key.required("transport").asString().equals("station"))
        .findFirst();
  }

  private static JsonNode awaitKey(Api server) {
    return Waiting.eventually(() -> listed(server), Optional::isPresent).orElseThrow();
  }

  private static Map<String, Object> port(JsonNode key) {
    return Map.of("transport", "station", "key", key.required("key").asString());
  }

  private static Api.Answer examine(Api server, JsonNode key) {
    return server.post("/api/station/examine", port(key));
  }

  private static Key.Session begin(Api server, long user, JsonNode key) {
    Api.Answer answer =
        server.post(
            "/api/key-sessions",
            Map.of(
                "transport",
                "station",
                "key",
                key.required("key").asString(),
                "userId",
                user,
                "pin",
                PIN));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    return new Key.Session(server, URI.create(answer.header("Location")).getPath());
  }

  private String firstToken() throws Exception {
    return Files.readString(directory.resolve("one/first-api-token")).strip();
  }

  /** Both have the master key of the first. */
  private ServerProcess start(RestartablePostgreSql database, String node) throws Exception {
    return ServerProcess.start(
        directory.resolve(node),
        Path.of(System.getProperty("keysmith.it.log") + "-two-" + node),
        List.of(
            "-Dkeysmith.node=" + node,
            "-Dkeysmith.master-key.file=" + directory.resolve("one/master-key.json"),
            "-Dkeysmith.database.url=" + database.url(),
            "-Dkeysmith.database.user=keysmith",
            "-Dkeysmith.database.password=right"));
  }
}
