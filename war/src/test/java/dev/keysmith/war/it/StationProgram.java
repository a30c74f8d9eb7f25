package dev.keysmith.war.it;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.bench.VirtualKeyBench;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The program of stations as a process of its own, with a bench of virtual keys beside it. */
public final class StationProgram implements AutoCloseable {

  private static final int SECONDS = 30;

  private final Path home;
  private final VirtualKeyBench bench;
  private @Nullable Process running;

  /** A station that is not paired, in an empty directory. */
  public StationProgram(Path directory) throws IOException {
    home = directory.resolve("station");
    Path plugin = Files.createDirectories(home.resolve("plugins/bench"));
    Files.copy(
        Path.of(System.getProperty("keysmith.it.plugins"), "bench", "bench-plugin.jar"),
        plugin.resolve("bench-plugin.jar"));
    bench = new VirtualKeyBench(directory.resolve("keys"), 0, VirtualKey::builder);
    Files.writeString(
        home.resolve("station.properties"),
        "transports=bench\nplugin.bench.address=127.0.0.1:" + bench.port() + "\n");
  }

  /** The keys plugged in there. */
  public VirtualKeyBench bench() {
    return bench;
  }

  /**
   * Runs a command to its end; returns what it has printed, with its exit code in the last line.
   */
  public String command(String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile(home, "command", ".log");
    Process process = start(output, arguments);
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("It does not end: " + Files.readString(output));
    }
    return Files.readString(output) + process.exitValue();
  }

  private Process start(Path output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", System.getProperty("keysmith.it.station")));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().put("KEYSMITH_STATION_HOME", home.toString());
    return builder.start();
  }

  /** Pairs it by a code. */
  public StationProgram pair(URI server, String code) throws IOException, InterruptedException {
    String answer = command("pair", server.toString().replaceAll("/$", ""), code);
    if (!answer.endsWith("0")) {
      throw new AssertionError(answer);
    }
    return this;
  }

  /** Starts it, to run until it is stopped. */
  public StationProgram run() throws IOException {
    running = start(log(), "run");
    return this;
  }

  /** Ends it as a loss of power does. */
  public void kill() throws InterruptedException {
    running.destroyForcibly().waitFor();
  }

  private Path log() {
    return home.resolve("run.log");
  }

  /** What it has logged. */
  public String logged() throws IOException {
    return Files.readString(log());
  }

  @Override
  public void close() throws IOException {
    if (running != null) {
      running.destroy();
      try {
        if (!running.waitFor(SECONDS, TimeUnit.SECONDS)) {
          running.destroyForcibly();
        }
      } catch (InterruptedException e) {
        running.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    bench.close();
  }
}
