package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.bench.VirtualKeyBench;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * How long an enrolment takes at the server's own port, at a station on loopback, and at a station
 * far away. No build runs it by itself; see the README of the station.
 */
@ArquillianTest
@RunAsClient
class StationBenchmark {

  private static final int RUNS = Integer.getInteger("runs", 15);
  private static final Duration ROUND_TRIP = Duration.ofMillis(150);
  private static final int LAST_COMMAND = 0x41;

  @ArquillianResource URI base;
  @TempDir Path directory;

  private int person;

  @Test
  void comparesAnEnrolmentThroughAStationWithOneAtTheServer() throws Exception {
    try (Scene scene =
            new Scene(
                Api.administrator(base),
                Scene.practice(people -> people.users(4 * RUNS + 10)),
                org -> Scene.integration(org.origin(), Scene.API_TOKEN));
        StationProgram near = new StationProgram(directory.resolve("near"));
        SlowLine line = new SlowLine(base, ROUND_TRIP);
        StationProgram far = new StationProgram(directory.resolve("far"))) {
      scene.importAll();
      near.pair(base, code(scene, "Near")).run();
      far.pair(line.address(), code(scene, "Far")).run();
      VirtualKeyBench own = BenchBesideTheServer.bench();
      for (int warm = 0; warm < 3; warm++) {
        time(scene, own, "bench");
        time(scene, near.bench(), "Near");
      }
      List<Long> atServer = new ArrayList<>();
      List<Long> atStation = new ArrayList<>();
      for (int run = 0; run < RUNS; run++) {
        atServer.add(time(scene, own, "bench"));
        atStation.add(time(scene, near.bench(), "Near"));
      }
      List<Long> farAway = new ArrayList<>();
      for (int run = 0; run < Math.max(3, RUNS / 3); run++) {
        farAway.add(time(scene, far.bench(), "Far"));
      }
      report(median(atServer), median(atStation), median(farAway), exchanges(far.bench()));
    }
  }

  private void report(double server, double station, double far, long exchanges) {
    double trips = exchanges * ROUND_TRIP.toMillis();
    System.out.printf(
        "| %s, %d processors | server's port %.0f ms | station %.0f ms, %.2f of it |"
            + " line of %d ms: %.0f ms, of that %.2f round trips for each of %d exchanges |%n",
        LocalDate.now(),
        Runtime.getRuntime().availableProcessors(),
        server,
        station,
        station / server,
        ROUND_TRIP.toMillis(),
        far,
        (far - station) / trips,
        exchanges);
  }

  /** Of the newest key: how many CTAP2 messages it has had. */
  private static long exchanges(VirtualKeyBench bench) {
    VirtualKey key = bench.key(bench.list().get(bench.list().size() - 1).id());
    return IntStream.rangeClosed(0, LAST_COMMAND).map(key::requestsSeen).sum();
  }

  private static double median(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get(sorted.size() / 2) / 1e6;
  }

  /** Nanoseconds from the call that starts a session to its end, on a new key for a new person. */
  private long time(Scene scene, VirtualKeyBench bench, String place) {
    int user = person++;
    scene.assign(user);
    String id = bench.create(VirtualKey.builder());
    JsonNode key =
        Waiting.eventually(
                () ->
                    scene
                        .api()
                        .get("/api/station")
                        .json()
                        .required("keys")
                        .valueStream()
                        .filter(each -> each.required("key").asString().endsWith(id))
                        .filter(each -> isAt(each, place))
                        .toList(),
                keys -> keys.size() == 1)
            .get(0);
    long begun = System.nanoTime();
    Api.Answer answer =
        scene
            .api()
            .post(
                "/api/key-sessions",
                Map.of(
                    "transport", key.required("transport").asString(),
                    "key", key.required("key").asString(),
                    "userId", scene.userId(user),
                    "pin", Key.PIN));
    JsonNode end =
        new Key.Session(scene.api(), URI.create(answer.header("Location")).getPath()).end();
    long took = System.nanoTime() - begun;
    assertThat(end.required("state").asString()).as(end.toString()).isEqualTo("DONE");
    if (!place.equals("Far")) {
      bench.delete(id);
    }
    return took;
  }

  private static boolean isAt(JsonNode key, String place) {
    return place.equals("bench")
        ? key.required("transport").asString().equals("bench")
        : key.required("location").asString().startsWith(place + " · ");
  }

  private static String code(Scene scene, String name) {
    return scene
        .api()
        .post("/api/stations/pairings", Map.of("name", name, "serves", "OPERATORS"))
        .json()
        .required("code")
        .asString();
  }
}
