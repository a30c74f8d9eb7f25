package dev.keysmith.war.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server of a test's own, with its own data directory and database. */
public final class ServerProcess implements AutoCloseable {

  /** For servers that live for minutes: they start with half the work of one that is to last. */
  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final int START_SECONDS = 180;
  private static final int STOP_SECONDS = 30;

  private final int port;
  private final Process process;
  private final CountDownLatch started = new CountDownLatch(1);
  private volatile boolean ended;

  private ServerProcess(int port, Process process, Path log) {
    this.port = port;
    this.process = process;
    Thread reader = new Thread(() -> copy(log), "log of the server");
    reader.setDaemon(true);
    reader.start();
  }

  /** Returns once the server says that it has started. */
  public static ServerProcess start(Path data, Path log, List<String> properties)
      throws IOException, InterruptedException {
    return start(Path.of(System.getProperty("keysmith.war")), data, log, properties);
  }

  /** The same with a WAR that differs from the one that is built. */
  public static ServerProcess start(Path war, Path data, Path log, List<String> properties)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(QUICK_START);
    command.add("-Dkeysmith.data=" + data);
    command.addAll(properties);
    command.addAll(List.of("-jar", System.getProperty("payara.microJar")));
    command.addAll(List.of("--deploy", war.toString(), "--contextroot", "/"));
    command.addAll(List.of("--port", Integer.toString(port), "--nohazelcast"));
    command.addAll(List.of("--disablephonehome", "--prebootcommandfile"));
    command.add(System.getProperty("keysmith.it.commands"));
    ServerProcess server =
        new ServerProcess(port, new ProcessBuilder(command).redirectErrorStream(true).start(), log);
    if (!server.started.await(START_SECONDS, TimeUnit.SECONDS)) {
      server.close();
      throw new IllegalStateException("The server did not start; see " + log);
    }
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void copy(Path log) {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(log))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
        out.flush();
        if (line.contains("ready in")) {
          started.countDown();
        }
      }
    } catch (IOException e) {
      // Java closes the stream when it ends a process.
      if (!ended) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** Ends it as a loss of power does: nothing of it is told, and nothing is put in order. */
  public void kill() throws InterruptedException {
    ended = true;
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    ended = true;
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
