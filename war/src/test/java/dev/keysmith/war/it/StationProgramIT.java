package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.station.link.Link;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The program of stations and the server, each as a process of its own. */
@ArquillianTest
@RunAsClient
class StationProgramIT {

  private static final String PIN = "Marker-Pin-8152";

  @ArquillianResource URI base;
  @TempDir Path directory;

  private String code(Scene scene, String name, String serves) {
    return scene
        .api()
        .post("/api/stations/pairings", Map.of("name", name, "serves", serves))
        .json()
        .required("code")
        .asString();
  }

  /** The key at the station of this name, as the server lists it. */
  private static Optional<JsonNode> listed(Scene scene, String station) {
    return scene
        .api()
        .get("/api/station")
        .json()
        .required("keys")
        .valueStream()
        .filter(key -> key.required("location").asString().startsWith(station + " · "))
        .findFirst();
  }

  private static JsonNode awaitKey(Scene scene, String station) {
    return Waiting.eventually(() -> listed(scene, station), Optional::isPresent).orElseThrow();
  }

  private static Key.Session begin(Scene scene, JsonNode key, int person) {
    Api.Answer answer =
        scene
            .api()
            .post(
                "/api/key-sessions",
                Map.of(
                    "transport", key.required("transport").asString(),
                    "key", key.required("key").asString(),
                    "userId", scene.userId(person),
                    "pin", PIN));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    return new Key.Session(scene.api(), URI.create(answer.header("Location")).getPath());
  }

  @Test
  void writesAPasskeyOnAKeyAtAStation() throws Exception {
    try (Scene scene = new Scene(base);
        StationProgram station = new StationProgram(directory)) {
      station.pair(base, code(scene, "Branch office", "OPERATORS")).run();
      String key = station.bench().create(VirtualKey.builder());
      scene.importAll();
      long passkey = scene.assign(1);

      JsonNode session = begin(scene, awaitKey(scene, "Branch office"), 1).end();

      assertThat(session.required("state").asString()).as(session.toString()).isEqualTo("DONE");
      assertThat(scene.passkey(passkey).required("state").asString()).isEqualTo("ACTIVE");
      assertThat(station.bench().key(key).credentials()).hasSize(1);
      station.bench().delete(key);
      Waiting.eventually(() -> listed(scene, "Branch office"), Optional::isEmpty);
      assertThat(station.logged()).doesNotContain("Marker-Pin").doesNotContain("Exception");
    }
  }

  /** Longer than either side waits for a sign of life. */
  @Test
  void keepsItsConnectionWhileNothingHappens() throws Exception {
    try (Scene scene = new Scene(base);
        StationProgram station = new StationProgram(directory)) {
      station.pair(base, code(scene, "Quiet", "OPERATORS")).run();
      station.bench().create(VirtualKey.builder());
      awaitKey(scene, "Quiet");
      long end = System.nanoTime() + Link.SILENCE.plus(Link.PING).plus(Link.PING).toNanos();
      while (System.nanoTime() < end) {
        assertThat(listed(scene, "Quiet")).isPresent();
        LockSupport.parkNanos(Link.PING.toNanos() / 20);
      }
      assertThat(station.logged()).doesNotContain("ended");
    }
  }

  /** The program ends while the key waits for the touch, comes back, and the key is continued. */
  @Test
  void continuesAKeyWhoseStationWasKilled() throws Exception {
    try (Scene scene = new Scene(base);
        StationProgram station = new StationProgram(directory)) {
      station.pair(base, code(scene, "Unsteady", "OPERATORS")).run();
      String key = station.bench().create(VirtualKey.builder().touch(TouchPolicy.byHand()));
      scene.importAll();
      long passkey = scene.assign(2);
      Key.Session cut = begin(scene, awaitKey(scene, "Unsteady"), 2);
      cut.awaitTouch();

      station.kill();
      assertThat(cut.end().required("state").asString()).isEqualTo("FAILED");
      assertThat(listed(scene, "Unsteady")).isEmpty();
      assertThat(scene.factors(2)).noneMatch(factor -> factor.isActive());

      station.run();
      Key.Session again = begin(scene, awaitKey(scene, "Unsteady"), 2);
      again.awaitTouch();
      station.bench().key(key).touch();
      assertThat(again.end().required("state").asString()).isEqualTo("DONE");
      assertThat(scene.passkey(passkey).required("state").asString()).isEqualTo("ACTIVE");
      assertThat(scene.factors(2)).hasSize(1).allMatch(factor -> factor.isActive());
      assertThat(station.bench().key(key).credentials()).hasSize(1);
    }
  }

  @Test
  void saysAtTheStationThatItWasRevoked() throws Exception {
    try (Scene scene = new Scene(base);
        StationProgram station = new StationProgram(directory)) {
      station.pair(base, code(scene, "Stolen", "OPERATORS")).run();
      station.bench().create(VirtualKey.builder());
      long number = awaitKey(scene, "Stolen").required("station").asLong();

      assertThat(scene.api().delete("/api/stations/" + number).status()).isEqualTo(204);

      Waiting.eventually(() -> listed(scene, "Stolen"), Optional::isEmpty);
      Waiting.eventually(() -> logged(station), log -> log.contains("revoked"));
      assertThat(scene.audited("station", number)).contains("station.revoked", "station.paired");
    }
  }

  private static String logged(StationProgram station) {
    try {
      return station.logged();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void saysWhatIsWrongWithACode() throws Exception {
    try (StationProgram station = new StationProgram(directory)) {
      String answer =
          station.command("pair", base.toString().replaceAll("/$", ""), "0000-0000-0000");

      assertThat(answer).contains("pairing code is not valid").doesNotEndWith("0");
    }
  }
}
