package dev.keysmith.testing.practice;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keysmith itself, in a process of its own: the same WAR and server as for real. */
final class Server implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final int STOP_SECONDS = 20;

  private final Options options;
  private final Process process;

  private Server(Options options, Process process) {
    this.options = options;
    this.process = process;
  }

  /** Starts the server; {@link #awaitReady} tells when it can be used. */
  static Server start(Options options) throws IOException {
    Path log = log(options);
    Process process =
        new ProcessBuilder(command(options))
            .directory(options.data().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
            .start();
    return new Server(options, process);
  }

  private static List<String> command(Options options) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx768m",
        "-Dkeysmith.data=" + data(options),
        "-Dkeysmith.url=http://localhost:" + options.port(),
        "-Dkeysmith.plugins.dir="
            + options.server().resolve("plugins")
            + File.pathSeparator
            + data(options).resolve("plugins"),
        "-Dkeysmith.plugin.bench.address=127.0.0.1:" + options.benchPort(),
        "-Dkeysmith.practice.org=http://localhost:" + options.orgPort(),
        "-Dkeysmith.practice.token=" + Practice.ORG_TOKEN,
        "-jar",
        options.server().resolve("payara-micro.jar").toString(),
        "--deploy",
        options.server().resolve("keysmith.war").toString(),
        "--contextroot",
        "/",
        "--port",
        Integer.toString(options.port()),
        "--nohazelcast",
        "--disablephonehome",
        "--prebootcommandfile",
        options.commands().toString());
  }

  private static Path data(Options options) {
    return options.data().resolve("keysmith");
  }

  static Path log(Options options) {
    return options.data().resolve("server.log");
  }

  /**
   * Waits until the server says that it is ready.
   *
   * @throws IllegalStateException if it ends or takes too long; names the log
   */
  void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Keysmith did not start; the end of " + log(options) + " says why.");
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
  }

  private boolean isReady() throws InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + options.port() + "/health/ready");
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
    try {
      return HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** The first API token, if it has not been used yet. */
  Path firstToken() {
    return options.data().resolve("keysmith").resolve("first-api-token");
  }

  boolean hasFirstToken() {
    return Files.exists(firstToken());
  }

  /** The address that sets up the first account of the panel; empty if there is an account. */
  String setUpLink() throws IOException {
    Path file = options.data().resolve("keysmith").resolve("first-set-up-link");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** Blocks until the server ends. */
  int await() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends the server and waits for it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
