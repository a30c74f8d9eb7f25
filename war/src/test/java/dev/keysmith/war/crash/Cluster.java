package dev.keysmith.war.crash;

import dev.keysmith.war.it.Api;
import dev.keysmith.war.it.BenchBesideTheServer;
import dev.keysmith.war.it.RestartablePostgreSql;
import dev.keysmith.war.it.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Two servers with one database and one master key. Thread-safe once it has started. */
final class Cluster implements AutoCloseable {

  private static final long LOOK_AGAIN_NANOS = 100_000_000;

  private final RestartablePostgreSql database;
  private final Path directory;
  private final Node one;
  private final Node two;
  private final List<CompletableFuture<Void>> restarts = new ArrayList<>();
  private String token = "";

  /** Starts the database and both servers. */
  Cluster(Path directory) throws Exception {
    this.directory = directory;
    database = RestartablePostgreSql.start(directory.resolve("database"));
    one = node("one");
    two = node("two");
    try {
      one.start();
      String first = Files.readString(one.data().resolve("first-api-token")).strip();
      token = Tokens.create(api(one).with(first), "crash", "ADMINISTRATOR");
      two.start();
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  private Node node(String name) {
    return new Node(
        name,
        directory.resolve(name),
        List.of(
            "-Dkeysmith.node=" + name,
            "-Dkeysmith.url=https://keysmith.example.org",
            "-Dkeysmith.master-key.file=" + directory.resolve("one/master-key.json"),
            "-Dkeysmith.plugins.dir=" + System.getProperty("keysmith.it.plugins"),
            "-Dkeysmith.plugin.bench.address=" + BenchBesideTheServer.address(),
            "-Dkeysmith.database.url=" + database.url(),
            "-Dkeysmith.database.user=keysmith",
            "-Dkeysmith.database.password=right"));
  }

  /** The one that never comes back after a kill in the middle. */
  Node mortal() {
    return two;
  }

  List<Node> living() {
    return List.of(one, two).stream().filter(Node::lives).toList();
  }

  /** One of those that live; waits for one. */
  Node someLiving(RandomGenerator random) {
    List<Node> living = living();
    while (living.isEmpty()) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      living = living();
    }
    return living.get(random.nextInt(living.size()));
  }

  /** Calls a server; fails if it does not live. */
  Api api(Node node) {
    return Api.anonymous(
            node.address().orElseThrow(() -> new AssertionError(node.name() + " is not up")))
        .with(token);
  }

  /** Calls the one that comes back each time. */
  Api api() {
    return api(one);
  }

  /** Starts it again, in the background. */
  void restart(Node node) {
    synchronized (restarts) {
      restarts.add(CompletableFuture.runAsync(() -> start(node)));
    }
  }

  private static void start(Node node) {
    try {
      node.start();
    } catch (IOException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  /** Fails if a server did not start again. */
  void requireRestarts() {
    synchronized (restarts) {
      restarts.stream().filter(CompletableFuture::isDone).forEach(CompletableFuture::join);
    }
  }

  /** Returns once every server is up that was to be started again. */
  void awaitRestarts() {
    List<CompletableFuture<Void>> begun;
    synchronized (restarts) {
      begun = List.copyOf(restarts);
    }
    begun.forEach(CompletableFuture::join);
  }

  /** To look at what is stored, past the servers. The caller closes it. */
  Connection connection() throws SQLException {
    return DriverManager.getConnection(database.url(), "keysmith", "right");
  }

  @Override
  public void close() throws IOException {
    try (database;
        one;
        two) {
      awaitRestarts();
    }
  }
}
