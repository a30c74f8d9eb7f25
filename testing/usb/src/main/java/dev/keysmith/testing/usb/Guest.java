package dev.keysmith.testing.usb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A running virtual machine: Debian's kernel on the files of this machine, which it sees but cannot
 * change, with USB ports.
 *
 * <p>Commands in it are found, and files are named, as on this machine; what it writes is lost at
 * its end, except below {@code /shared}. It needs no accounts: everything runs as root.
 * Thread-safe.
 */
public final class Guest implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(20);
  private static final int POWER_OFF_SECONDS = 10;

  private final Machine machine;
  private final Process qemu;
  private final Agent agent;

  private Guest(Machine machine, Process qemu, Agent agent) {
    this.machine = machine;
    this.qemu = qemu;
    this.agent = agent;
  }

  /**
   * Boots a machine and waits until it is up. It ends with this process at the latest.
   *
   * @param accelerator {@code kvm}, {@code tcg}, or {@code auto}
   * @throws IllegalStateException if it does not come up
   */
  public static Guest boot(Machine machine, String accelerator) {
    IllegalStateException failure = new IllegalStateException("There is no accelerator.");
    for (Accelerator each : Accelerator.named(accelerator)) {
      try {
        return boot(machine, each);
      } catch (IllegalStateException e) {
        e.addSuppressed(failure);
        failure = e;
      } catch (IOException e) {
        throw new UncheckedIOException("The guest cannot be started.", e);
      }
    }
    throw failure;
  }

  private static Guest boot(Machine machine, Accelerator accelerator) throws IOException {
    share(machine);
    Path sockets = Files.createTempDirectory("guest");
    Path socket = sockets.resolve("agent");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Process qemu =
          new ProcessBuilder(machine.command(accelerator, socket))
              .redirectErrorStream(true)
              .redirectOutput(machine.qemuLog().toFile())
              .start();
      qemu.onExit().thenRun(() -> closeQuietly(server));
      Runtime.getRuntime().addShutdownHook(new Thread(qemu::destroy));
      return connect(machine, qemu, server, accelerator.boot());
    } finally {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(sockets);
    }
  }

  private static Guest connect(
      Machine machine, Process qemu, ServerSocketChannel server, Duration timeout)
      throws IOException {
    boolean up = false;
    try {
      SocketChannel line = server.accept();
      Agent agent = new Agent(line);
      up = agent.awaitReady(timeout);
      if (up) {
        return new Guest(machine, qemu, agent);
      }
      agent.close();
    } catch (IOException e) {
      // QEMU has ended before it connected; its log says why.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!up) {
        qemu.destroy();
      }
    }
    throw new IllegalStateException(
        "The guest did not come up within %s: %s See %s."
            .formatted(timeout, Files.readString(machine.qemuLog()), machine.serialLog()));
  }

  private static void share(Machine machine) throws IOException {
    Files.createDirectories(machine.shared());
    for (String file : List.of("agent.py", "relay.py")) {
      try (InputStream script = Guest.class.getResourceAsStream(file)) {
        if (script == null) {
          throw new IOException(file + " is missing");
        }
        Files.copy(script, machine.shared().resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void closeQuietly(ServerSocketChannel server) {
    try {
      server.close();
    } catch (IOException e) {
      // No thread waits at it any more.
    }
  }

  /** The directory that the guest sees as {@code /shared}, and may write. */
  public Path shared() {
    return machine.shared();
  }

  /** Runs a command and waits for its end. */
  public Finished run(Duration timeout, String... command) {
    try (GuestProcess process = start(command)) {
      process.endInput();
      return process.await(timeout);
    }
  }

  /** Runs lines of bash and waits for their end. */
  public Finished bash(Duration timeout, String script) {
    return run(timeout, "/bin/bash", "-c", script);
  }

  /** Starts a command. */
  public GuestProcess start(String... command) {
    return agent.start(false, List.of(command));
  }

  /** Starts a command on a terminal, which shows all that it writes and echoes what is typed. */
  public GuestProcess startOnTerminal(String... command) {
    return agent.start(true, List.of(command));
  }

  /**
   * Starts a Java program with the class path of this process.
   *
   * @param options of the virtual machine; may be empty
   * @param mainClass with its {@code main} method
   */
  public GuestProcess startJava(List<String> options, Class<?> mainClass, String... arguments) {
    List<String> command = new ArrayList<>(java());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
    command.addAll(Arrays.asList(arguments));
    return agent.start(false, command);
  }

  /** The command that starts Java as it starts quickest in a guest; options and class come next. */
  public static List<String> java() {
    return Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-XX:-UsePerfData")
        .toList();
  }

  /**
   * Waits until a command of bash succeeds, which is tried again and again in the guest.
   *
   * @throws IllegalStateException if it does not within twenty seconds
   */
  public void await(String condition) {
    Finished last =
        bash(
            LOOK.multipliedBy(2),
            "end=$((SECONDS + %d)); until %s; do [ $SECONDS -lt $end ] || exit 1; busybox usleep 50000; done"
                .formatted(LOOK.toSeconds(), condition));
    if (last.exit() != 0) {
      throw new IllegalStateException("In the guest this did not come true: " + last);
    }
  }

  /**
   * Carries TCP connections, in the guest. 10.0.2.2 is this machine's loopback there, and 10.0.2.15
   * the guest as this machine reaches it.
   *
   * @param from address and port at which it listens
   * @param to address and port to which it connects
   * @return what carries them, until it is closed
   */
  public GuestProcess relay(String from, String to) {
    GuestProcess relay = start("/usr/bin/python3", "-u", "/shared/relay.py", from, to);
    relay.awaitOutput("listening", LOOK);
    return relay;
  }

  /** Powers the guest off. */
  @Override
  public void close() {
    try {
      agent.close();
      if (!qemu.waitFor(POWER_OFF_SECONDS, TimeUnit.SECONDS)) {
        qemu.destroy();
      }
    } catch (IOException e) {
      qemu.destroy();
    } catch (InterruptedException e) {
      qemu.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
