package dev.keysmith.testing.practice;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyBuilder;
import dev.keysmith.testing.key.bench.VirtualKeyBench;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A station beside practice mode: the station program as it is for real, with two virtual keys that
 * are plugged in and touch themselves.
 */
final class PracticeStation implements AutoCloseable {

  private static final Pattern CODE = Pattern.compile("\"code\":\"([0-9A-Z-]+)\"");
  private static final Duration TOUCH = Duration.ofSeconds(1);
  private static final int PAIR_SECONDS = 30;

  private final VirtualKeyBench bench;
  private final Process program;

  private PracticeStation(VirtualKeyBench bench, Process program) {
    this.bench = bench;
    this.program = program;
  }

  /**
   * Pairs the station if it is not paired yet, and starts it.
   *
   * @throws IllegalStateException with what is wrong, for people
   */
  static PracticeStation start(Options options) throws IOException, InterruptedException {
    Path home = Files.createDirectories(options.data().resolve("station"));
    VirtualKeyBench bench = new VirtualKeyBench(home.resolve("keys"), 0, PracticeStation::key);
    try {
      if (bench.list().isEmpty()) {
        bench.create(key().product("Key at the desk"));
        bench.create(key().product("Another key at the desk"));
      }
      prepare(options, home, bench.port());
      return new PracticeStation(bench, command(options, home, "run").inheritIO().start());
    } catch (IOException | IllegalStateException e) {
      bench.close();
      throw e;
    }
  }

  private static VirtualKeyBuilder key() {
    return VirtualKey.builder().touch(TouchPolicy.after(TOUCH));
  }

  private static void prepare(Options options, Path home, int benchPort)
      throws IOException, InterruptedException {
    Path plugin = Files.createDirectories(home.resolve("plugins/bench")).resolve("bench.jar");
    Files.copy(
        options.server().resolve("plugins/bench/bench.jar"),
        plugin,
        StandardCopyOption.REPLACE_EXISTING);
    Path settings = home.resolve("station.properties");
    List<String> lines = new ArrayList<>();
    if (Files.exists(settings)) {
      lines.addAll(Files.readAllLines(settings));
    }
    boolean paired = lines.stream().anyMatch(line -> line.startsWith("station="));
    lines.removeIf(
        line -> line.startsWith("transports=") || line.startsWith("plugin.bench.address="));
    lines.add("transports=bench");
    lines.add("plugin.bench.address=127.0.0.1:" + benchPort);
    Files.write(settings, lines);
    if (!paired) {
      pair(options, home);
    }
  }

  private static void pair(Options options, Path home) throws IOException, InterruptedException {
    Process pairing =
        command(options, home, "pair", address(options), code(options)).inheritIO().start();
    if (!pairing.waitFor(PAIR_SECONDS, TimeUnit.SECONDS) || pairing.exitValue() != 0) {
      pairing.destroyForcibly();
      throw new IllegalStateException("The station was not paired.");
    }
  }

  private static String address(Options options) {
    return "http://localhost:" + options.port();
  }

  private static String code(Options options) throws IOException, InterruptedException {
    Path token = options.data().resolve("keysmith/first-api-token");
    if (!options.code().isEmpty()) {
      return options.code();
    }
    if (!Files.exists(token)) {
      throw new IllegalStateException(
          "Choose \"Add station\" on the page "
              + address(options)
              + "/panel/stations, and give the code that it shows: --code ABCD-EFGH-JKMN");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address(options) + "/api/stations/pairings"))
            .header("Authorization", "Bearer " + Files.readString(token).strip())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"name\":\"Practice desk\",\"serves\":\"EVERYONE\"}"))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    Matcher code = CODE.matcher(answer.body());
    if (answer.statusCode() != 201 || !code.find()) {
      throw new IllegalStateException("Keysmith issued no pairing code. " + answer.body());
    }
    return code.group(1);
  }

  private static ProcessBuilder command(Options options, Path home, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-jar"));
    command.add(options.server().resolve("keysmith-station.jar").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("KEYSMITH_STATION_HOME", home.toString());
    return builder;
  }

  /** Whether the station program runs. */
  boolean isAlive() {
    return program.isAlive();
  }

  /** Starts the station, and runs until it is ended. */
  public static void main(String... arguments) throws InterruptedException {
    try {
      PracticeStation station = start(Options.parse(arguments));
      Runtime.getRuntime().addShutdownHook(new Thread(station::close, "end of the station"));
      System.out.println("The station runs with two virtual keys. Ctrl-C ends it.");
      System.exit(station.program.waitFor());
    } catch (IllegalArgumentException | IllegalStateException | IOException e) {
      System.err.println("The station did not start. " + e.getMessage());
      System.exit(1);
    }
  }

  @Override
  public void close() {
    program.destroy();
    try {
      program.waitFor(PAIR_SECONDS, TimeUnit.SECONDS);
      bench.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The process ends, and the port with it.
    }
  }
}
