package dev.keysmith.war.crash;

import dev.keysmith.war.it.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server that can be killed and started again on the same directory. Thread-safe. */
final class Node implements AutoCloseable {

  private final String name;
  private final Path data;
  private final List<String> properties;
  private int starts;
  private @Nullable ServerProcess process;

  Node(String name, Path data, List<String> properties) {
    this.name = name;
    this.data = data;
    this.properties = properties;
  }

  String name() {
    return name;
  }

  Path data() {
    return data;
  }

  /** Returns once it listens. */
  void start() throws IOException, InterruptedException {
    ServerProcess started = ServerProcess.start(data, nextLog(), properties);
    synchronized (this) {
      process = started;
    }
  }

  private synchronized Path nextLog() {
    starts++;
    return Path.of(System.getProperty("keysmith.it.log") + "-crash-" + name + "-" + starts);
  }

  /** Where it listens; empty if it does not. */
  synchronized Optional<URI> address() {
    return Optional.ofNullable(process).map(ServerProcess::address);
  }

  boolean lives() {
    return address().isPresent();
  }

  void kill() throws InterruptedException {
    ServerProcess victim = taken();
    if (victim != null) {
      victim.kill();
    }
  }

  private synchronized @Nullable ServerProcess taken() {
    ServerProcess taken = process;
    process = null;
    return taken;
  }

  @Override
  public void close() {
    ServerProcess last = taken();
    if (last != null) {
      last.close();
    }
  }
}
