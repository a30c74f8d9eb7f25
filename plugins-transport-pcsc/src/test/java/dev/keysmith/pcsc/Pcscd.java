package dev.keysmith.pcsc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's pcscd with vpcd, a virtual reader of two slots. It runs in the foreground, with a
 * configuration and a socket of its own, and sees no readers of this machine's.
 *
 * <p>Where the packages are missing and the tests run as root, they are installed; where that is
 * not possible the tests are skipped and say why, unless {@code -Dkeysmith.pcsc=required}.
 */
final class Pcscd implements AutoCloseable {

  private static final Path EXECUTABLE = Path.of("/usr/sbin/pcscd");
  private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
  private static final int INSTALL_MINUTES = 5;
  private static final int START_TENTHS = 300;
  private static final int STOP_SECONDS = 20;

  private final Path directory;
  private final int port;
  private Process process;

  private Pcscd(Path directory, int port) {
    this.directory = directory;
    this.port = port;
    this.process = run();
  }

  /** Starts the service; the calling test is skipped where it cannot run. */
  static Pcscd start() {
    try {
      if (!isInstalled()) {
        install();
      }
      if (!isInstalled() || !isRoot()) {
        unavailable("pcscd and vpcd run here as root alone, with their Debian packages");
      }
      // Where the client library of this process looks, as the build says.
      Path socket = Path.of(System.getenv("PCSCLITE_CSOCK_NAME"));
      Files.createDirectories(socket.getParent().resolve("conf"));
      Pcscd pcscd = new Pcscd(socket.getParent(), freePorts());
      pcscd.awaitSocket();
      return pcscd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isInstalled() {
    return Files.isExecutable(EXECUTABLE)
        && Files.exists(DRIVER)
        && Files.exists(Path.of("/usr/lib/python3/dist-packages/fido2/pcsc.py"))
        && Files.exists(Path.of("/usr/lib/python3/dist-packages/smartcard"));
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void unavailable(String reason) {
    if ("required".equals(System.getProperty("keysmith.pcsc"))) {
      throw new AssertionError(reason + ", but -Dkeysmith.pcsc=required");
    }
    Assumptions.abort(reason);
  }

  private static void install() throws IOException {
    if (!isRoot() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return;
    }
    // The package would start a service of its own.
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "apt-get update && RUNLEVEL=1 apt-get install -y --no-install-recommends"
                    + " pcscd vsmartcard-vpcd python3-fido2 python3-pyscard")
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("pcscd", ".log").toFile())
            .start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The second slot is at the port after that of the first. */
  private static int freePorts() throws IOException {
    for (int i = 0; i < 100; i++) {
      try (ServerSocket first = new ServerSocket(0);
          ServerSocket second = new ServerSocket(first.getLocalPort() + 1)) {
        return second.getLocalPort() - 1;
      } catch (IOException | IllegalArgumentException e) {
        // The second was taken; another pair is not.
      }
    }
    throw new IOException("No two free ports in a row.");
  }

  /** A mount of its own puts the socket of this service into the directory. */
  private Process run() {
    try {
      Path configuration = directory.resolve("conf");
      Files.writeString(
          configuration.resolve("vpcd"),
          """
          FRIENDLYNAME "Virtual PCD"
          DEVICENAME   /dev/null:0x%1$X
          LIBPATH      %2$s
          CHANNELID    0x%1$X
          """
              .formatted(port, DRIVER));
      String command =
          "mkdir -p /run/pcscd && mount --bind '%s' /run/pcscd && exec %s -f -i -c '%s'"
              .formatted(directory, EXECUTABLE, configuration);
      return new ProcessBuilder(List.of("unshare", "-m", "sh", "-c", command))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("pcscd.log").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitSocket() {
    try {
      Path socket = directory.resolve("pcscd.comm");
      for (int i = 0; i < START_TENTHS && process.isAlive(); i++) {
        if (Files.exists(socket)) {
          return;
        }
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    unavailable("pcscd did not start, see " + directory.resolve("pcscd.log"));
  }

  /** The port of a slot, 0 or 1. */
  int port(int slot) {
    return port + slot;
  }

  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void startAgain() {
    process = run();
    awaitSocket();
  }

  @Override
  public void close() {
    stop();
  }
}
