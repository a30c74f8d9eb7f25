package dev.keysmith.war.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.org.PracticeOrg;
import dev.keysmith.testing.org.http.Fault;
import dev.keysmith.war.it.Api;
import dev.keysmith.war.it.BenchBesideTheServer;
import dev.keysmith.war.it.Scene;
import dev.keysmith.war.it.Waiting;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * People get passkeys at two servers on one PostgreSQL that get SIGKILL at random moments; in the
 * middle one of them goes for good. In the end each has exactly one passkey, here, at the org and
 * on the key. Takes its time, so no build runs it by itself; see the README of war.
 */
class CrashBenchmark {

  private static final Duration SLOW_ORG = Duration.ofMillis(300);
  private static final long LOOK_AGAIN_NANOS = 500_000_000;

  private final Plan plan = Plan.wanted();
  private final SplittableRandom random = new SplittableRandom(plan.seed());
  private final List<String> violations = new ArrayList<>();

  @TempDir Path directory;

  @Test
  void noPasskeyIsLostDoubledOrStuckWhenServersAreKilled() throws Exception {
    System.out.println(plan);
    Instant begin = Instant.now();
    try (PracticeOrg org = Scene.practice(wanted -> wanted.users(plan.enrolments()));
        Cluster cluster = new Cluster(directory)) {
      List<Person> people = promised(cluster.api(), org);
      slow(org, "POST", "/api/v1/users/*/factors");
      slow(org, "POST", "/api/v1/users/*/factors/*/lifecycle/activate");
      run(cluster, org, people, begin);
    }
    assertThat(violations).as("violations with seed " + plan.seed()).isEmpty();
  }

  private void run(Cluster cluster, PracticeOrg org, List<Person> people, Instant begin)
      throws Exception {
    Desks desks = new Desks(cluster);
    Facts facts = new Facts(cluster, org);
    Kills kills = new Kills(plan, cluster, desks, facts, random.split());
    desks.open(plan.desks(), random.split());
    kills.run(people);
    Duration settled = settled(facts, people);
    faults(desks);
    int late = tryAgain(cluster, desks, people);
    violations.addAll(new Verdict(cluster, org, facts).of(people));
    report(
        kills.table()
            + row("enrolments; desks; seed", people.size(), plan.desks(), plan.seed())
            + row("kills; sessions that they met", kills.done(), kills.met())
            + row("how sessions ended", desks.endings())
            + row("open after the last session, for", settled.toSeconds() + " s")
            + row("had been left at a kill, and came again at the end", late)
            + row("credentials recorded as left on keys", facts.leftovers())
            + row("duration; end", Duration.between(begin, Instant.now()), Instant.now())
            + row("processors", Runtime.getRuntime().availableProcessors())
            + row("violations", violations.size(), violations));
  }

  private static String row(String name, Object... values) {
    String text = Arrays.stream(values).map(String::valueOf).collect(Collectors.joining("; "));
    return "| %s | %s |%n".formatted(name, text);
  }

  /** Waits until the servers have settled by themselves what is open; how long that took. */
  private Duration settled(Facts facts, List<Person> people) throws SQLException {
    long begin = System.nanoTime();
    while (facts.isSomethingOpen(people)) {
      if (System.nanoTime() - begin > plan.quiet().toNanos()) {
        violations.add(
            "not settled in time: passkeys %s, pending at the org %s"
                .formatted(facts.open(), facts.pending(people)));
        break;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** A session may fail when servers are killed, but not by a fault of Keysmith's. */
  private void faults(Desks desks) {
    desks.endings().entrySet().stream()
        .filter(ending -> ending.getKey().endsWith("session.fault"))
        .forEach(ending -> violations.add("sessions ended so: " + ending));
  }

  /** Lets each user without a passkey try once more; returns how many tried. */
  private int tryAgain(Cluster cluster, Desks desks, List<Person> people) {
    List<Person> remaining = remaining(cluster.api(), people);
    for (Person person : remaining) {
      person.virtual().plugIn();
      String ending = desks.write(person, cluster.someLiving(random), true);
      if (!ending.equals("DONE")) {
        violations.add("tried again at the end, " + person.login() + ": " + ending);
      }
    }
    return remaining.size();
  }

  private void report(String text) throws Exception {
    System.out.println(text);
    Path file = Path.of(System.getProperty("keysmith.it.log") + "-crash-report.md");
    System.out.println("Written to " + Files.writeString(file, text));
  }

  private static void slow(PracticeOrg org, String method, String path) {
    org.expect(Fault.of(Fault.Kind.SLOW, method, path).times(Integer.MAX_VALUE).delay(SLOW_ORG));
  }

  private List<Person> promised(Api api, PracticeOrg org) {
    long integration =
        created(api, "/api/integrations", Scene.integration("Org", org.origin(), Scene.API_TOKEN));
    importAll(api, integration);
    List<Person> people = new ArrayList<>();
    for (int number = 0; number < plan.enrolments(); number++) {
      String login = org.user(number).login();
      long user = userId(api, login);
      long passkey =
          created(api, "/api/passkeys", Map.of("userId", user, "integrationId", integration));
      people.add(new Person(login, user, passkey, key(number)));
    }
    return people;
  }

  private static long userId(Api api, String login) {
    return api.get("/api/users?limit=500&text=" + login)
        .json()
        .required("items")
        .valueStream()
        .filter(user -> user.required("login").asString().equals(login))
        .findFirst()
        .orElseThrow(() -> new AssertionError(login + " was not imported"))
        .required("id")
        .asLong();
  }

  /** A key that its owner holds in the hand, and touches after a while of its own. */
  private String key(int number) {
    Duration patience = Duration.ofMillis(random.nextInt(2_000));
    String id =
        BenchBesideTheServer.bench()
            .create(
                VirtualKey.builder()
                    .serialNumber("CRASH%05d".formatted(number))
                    .touch(TouchPolicy.after(patience)));
    BenchBesideTheServer.bench().key(id).unplug();
    return id;
  }

  private static void importAll(Api api, long integration) {
    Api.Answer started =
        api.post(
            "/api/imports",
            Map.of(
                "integrationId",
                integration,
                "scope",
                "WHOLE",
                "groups",
                List.of(),
                "mode",
                "NEW_ONLY"));
    assertThat(started.status()).as(started.http().body()).isEqualTo(202);
    JsonNode end =
        Waiting.eventually(
            () -> api.get(URI.create(started.header("Location")).getPath()).json(),
            run -> !run.required("state").asString().matches("QUEUED|RUNNING"));
    assertThat(end.required("state").asString()).as(end.toString()).isEqualTo("DONE");
  }

  private static long created(Api api, String path, Object body) {
    Api.Answer answer = api.post(path, body);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    return answer.json().required("id").asLong();
  }

  private static List<Person> remaining(Api api, List<Person> people) {
    return people.stream()
        .filter(
            person ->
                !api.get("/api/passkeys/" + person.passkeyId())
                    .json()
                    .required("state")
                    .asString()
                    .equals("ACTIVE"))
        .toList();
  }
}
